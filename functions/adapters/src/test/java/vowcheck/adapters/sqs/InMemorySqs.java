package vowcheck.adapters.sqs;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// Queues in memory that record the calls, and can be taken out of reach.
public final class InMemorySqs implements SqsClient {

    private final List<SendMessageRequest> sent = new ArrayList<>();
    private final List<ChangeMessageVisibilityRequest> hidden = new ArrayList<>();
    private boolean reachable = true;

    /// Whether the queues answer from now on.
    public void reachable(boolean now) {
        reachable = now;
    }

    /// The messages that were sent to a queue, in order.
    public List<String> sentTo(String queueUrl) {
        return sent.stream()
                .filter(message -> message.queueUrl().equals(queueUrl))
                .map(SendMessageRequest::messageBody)
                .toList();
    }

    /// The seconds for which messages were hidden, in the order of the calls.
    public List<Integer> pauses() {
        return hidden.stream()
                .map(ChangeMessageVisibilityRequest::visibilityTimeout)
                .toList();
    }

    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
        requireReachable();
        sent.add(request);
        return SendMessageResponse.builder().build();
    }

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(ChangeMessageVisibilityRequest request) {
        requireReachable();
        hidden.add(request);
        return ChangeMessageVisibilityResponse.builder().build();
    }

    private void requireReachable() {
        if (!reachable) {
            throw SdkClientException.create("out of reach by the test");
        }
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
