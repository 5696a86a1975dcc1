package vowcheck.launcher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;

/// The notifications that the system sends: reads a queue that is subscribed to its topic.
final class Notices implements AutoCloseable {

    private static final int MOST_MESSAGES = 10;

    private static final String ACCEPTS_TOPICS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "sns.amazonaws.com"},
              "Action": "sqs:SendMessage", "Resource": "*"}]}""";

    private final SqsClient sqs;
    private final String queue;
    private final Map<String, JsonDocument> received = new HashMap<>();

    Notices(LocalSystem system) {
        sqs = system.aws(SqsClient.builder());
        queue = sqs.createQueue(request -> request.queueName("notices-" + UUID.randomUUID())
                        .attributes(Map.of(QueueAttributeName.POLICY, ACCEPTS_TOPICS)))
                .queueUrl();
        var queueArn = sqs.getQueueAttributes(
                        request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        subscribe(system, requireNonNull(queueArn));
    }

    /// Without a client for SNS, because this is the only call of SNS.
    private static void subscribe(LocalSystem system, String queueArn) {
        var form = Map.of(
                        "Action", "Subscribe",
                        "Version", "2010-03-31",
                        "TopicArn", system.deployment().output(StackOutput.NOTIFICATION_TOPIC_ARN),
                        "Protocol", "sqs",
                        "Endpoint", queueArn,
                        "Attributes.entry.1.key", "RawMessageDelivery",
                        "Attributes.entry.1.value", "true")
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer =
                system.send(HttpRequest.newBuilder(URI.create(system.status().text("endpoint_url")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/sns/aws4_request, "
                                        + "SignedHeaders=host, Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Waits for the notification about an execution.
    JsonDocument about(TrainingExecution training) {
        return await().atMost(LocalSystem.PATIENCE)
                .until(
                        () -> {
                            receive();
                            return received.get(training.name());
                        },
                        notice -> notice != null);
    }

    private void receive() {
        for (var message : sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(MOST_MESSAGES))
                .messages()) {
            var notice = JsonDocument.parse(message.body());
            if (notice.has("execution")) { // alarms arrive here too
                received.put(notice.text("execution"), notice);
            }
            sqs.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
    }

    @Override
    public void close() {
        sqs.deleteQueue(request -> request.queueUrl(queue));
        sqs.close();
    }
}
