package vowcheck.adapters.mlflow;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.model.RegistryUnavailable;

/// Tries a call up to four times, with growing random pauses, as long as a later attempt may succeed. Failures name
/// the call.
final class Attempts {

    private static final Logger LOG = System.getLogger(Attempts.class.getName());

    private static final int MOST = 4;

    /// A pause is up to this share shorter or longer than its mean.
    private static final double JITTER = 1.0 / 3;

    private final RetryConfig config;

    Attempts(MlflowLimits limits) {
        config = RetryConfig.custom()
                .maxAttempts(MOST)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(limits.pause(), 2, JITTER))
                .retryOnException(failure -> failure instanceof UncheckedIOException
                        || (failure instanceof ErrorStatus answer && answer.isTransient()))
                .build();
    }

    /// The answer's body. Throws [MlflowRefused] when MLflow answers that it lacks or refuses the thing, and
    /// [RegistryUnavailable] when there is no answer, the last attempt's says that a later one may succeed, or the
    /// login is refused.
    ///
    /// @param call method and path, for messages and the log
    /// @param attempt throws [ErrorStatus] for an error status, [UncheckedIOException] where no answer comes
    String answer(String call, Supplier<String> attempt) {
        var made = new AtomicInteger();
        var retry = Retry.of(call, config);
        retry.getEventPublisher()
                .onRetry(event ->
                        LOG.log(Level.INFO, "MLflow: {0} failed, trying again: {1}", call, event.getLastThrowable()));
        try {
            return retry.executeSupplier(() -> {
                made.incrementAndGet();
                return attempt.get();
            });
        } catch (ErrorStatus e) {
            throw e.isRefusal() ? MlflowRefused.of(call, e) : unavailable(call, e, made.get());
        } catch (UncheckedIOException e) {
            throw new RegistryUnavailable("MLflow did not answer %s in %d attempts".formatted(call, made.get()), e);
        } catch (SecretUnavailable e) {
            throw new RegistryUnavailable("the secret of MLflow's user cannot be read", e);
        }
    }

    private static RegistryUnavailable unavailable(String call, ErrorStatus answer, int attempts) {
        var times = attempts == 1 ? "" : " after %d attempts".formatted(attempts);
        return new RegistryUnavailable("MLflow answered %s with status %d%s".formatted(call, answer.status(), times));
    }
}
