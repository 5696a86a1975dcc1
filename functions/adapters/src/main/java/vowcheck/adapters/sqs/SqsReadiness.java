package vowcheck.adapters.sqs;

import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import vowcheck.core.readiness.NotReady;
import vowcheck.core.readiness.ReadinessFinding;
import vowcheck.core.readiness.ReadinessProbe;

/// Asks the queue of unlogged predictions and its dead-letter queue how many messages they hold.
public final class SqsReadiness implements ReadinessProbe {

    /// For each of the two queues.
    private static final Duration LIMIT = Duration.ofMillis(1500);

    private static final QueueAttributeName[] COUNTS = {
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED
    };

    private final SqsClient sqs;
    private final SqsPredictionQueue.Urls urls;

    public SqsReadiness(SqsClient sqs, SqsPredictionQueue.Urls urls) {
        this.sqs = sqs;
        this.urls = urls;
    }

    @Override
    public ReadinessFinding look() {
        return new ReadinessFinding.QueueDepth(
                messages("of unlogged predictions", urls.unlogged()), messages("of dead letters", urls.deadLetters()));
    }

    /// Those that are hidden count, too: the relog function hides what it could not store.
    private long messages(String which, String url) {
        try {
            return sqs
                    .getQueueAttributes(request -> request.queueUrl(url)
                            .attributeNames(COUNTS)
                            .overrideConfiguration(limits -> limits.apiCallTimeout(LIMIT)))
                    .attributesAsStrings()
                    .values()
                    .stream()
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (QueueDoesNotExistException e) {
            throw new NotReady(which + " does not exist", e);
        } catch (SdkException e) {
            throw new NotReady(which + " does not answer, or refuses", e);
        }
    }
}
