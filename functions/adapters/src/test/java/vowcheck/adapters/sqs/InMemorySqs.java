package vowcheck.adapters.sqs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/// Queues in memory that record the calls, and can be taken out of reach.
public final class InMemorySqs implements SqsClient {

    private final Set<String> created = new HashSet<>();
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

    /// Makes a queue exist for those who ask for its attributes.
    public void create(String queueUrl) {
        created.add(queueUrl);
    }

    @Override
    public GetQueueAttributesResponse getQueueAttributes(GetQueueAttributesRequest request) {
        requireReachable();
        if (!created.contains(request.queueUrl())) {
            throw QueueDoesNotExistException.builder().message("by the test").build();
        }
        var all = Map.of(
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                String.valueOf(sentTo(request.queueUrl()).size()),
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                "0",
                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
                "0",
                QueueAttributeName.VISIBILITY_TIMEOUT,
                "60");
        return GetQueueAttributesResponse.builder()
                .attributes(all.entrySet().stream()
                        .filter(attribute -> request.attributeNames().contains(attribute.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .build();
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
