package vowcheck.adapters.mlflow;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.model.RegistryUnavailable;

/// Tries a call up to four times, with growing random pauses, as long as a later attempt may succeed. Where MLflow
/// refuses the login, the call is repeated once if the secret has another one by now. Failures name the call.
final class Attempts {

    private static final Logger LOG = System.getLogger(Attempts.class.getName());

    private static final int MOST = 4;

    /// A pause is up to this share shorter or longer than its mean.
    private static final double JITTER = 1.0 / 3;

    private final RetryConfig config;
    private final RememberedSecret<MlflowLogin> login;
    private final Deadline deadline;

    /// @param login that the attempts use
    /// @param deadline after which none begins
    Attempts(MlflowLimits limits, RememberedSecret<MlflowLogin> login, Deadline deadline) {
        this.login = login;
        this.deadline = deadline;
        config = RetryConfig.custom()
                .maxAttempts(MOST)
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(limits.pause(), 2, JITTER))
                .retryOnException(failure -> mayPass(failure) && !deadline.isOver())
                .build();
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof UncheckedIOException
                || (failure instanceof ErrorStatus answer && answer.isTransient());
    }

    /// The answer's body. Throws [MlflowRefused] when MLflow answers that it lacks or refuses the thing, and
    /// [RegistryUnavailable] when there is no answer, the last attempt's says that a later one may succeed, the
    /// login is refused, or the deadline is over.
    ///
    /// @param call method and path, for messages and the log
    /// @param attempt throws [ErrorStatus] for an error status, [UncheckedIOException] where no answer comes
    String answer(String call, Supplier<String> attempt) {
        var made = new AtomicInteger();
        try {
            return loggedIn(call, () -> {
                if (deadline.isOver()) {
                    throw new RegistryUnavailable(
                            made.get() == 0
                                    ? "%s was not sent to MLflow: the calls before it took too long".formatted(call)
                                    : "MLflow did not answer %s in time".formatted(call));
                }
                made.incrementAndGet();
                return attempt.get();
            });
        } catch (ErrorStatus e) {
            throw e.isRefusal() ? MlflowRefused.of(call, e) : unavailable(call, e, made.get());
        } catch (UncheckedIOException e) {
            throw new RegistryUnavailable(
                    (made.get() == 1 ? "MLflow did not answer %s" : "MLflow did not answer %s in %d attempts")
                            .formatted(call, made.get()),
                    e);
        } catch (SecretUnavailable e) {
            throw new RegistryUnavailable("the secret of MLflow's user cannot be read", e);
        }
    }

    private String loggedIn(String call, Supplier<String> attempt) {
        var used = login.get();
        try {
            return retried(call, attempt);
        } catch (ErrorStatus e) {
            if (!e.isUnauthorized() || login.renewed().equals(used)) {
                throw e;
            }
            LOG.log(Level.INFO, "MLflow: {0} was refused, trying again with the login that the secret has now", call);
            return retried(call, attempt);
        }
    }

    private String retried(String call, Supplier<String> attempt) {
        var retry = Retry.of(call, config);
        retry.getEventPublisher()
                .onRetry(event ->
                        LOG.log(Level.INFO, "MLflow: {0} failed, trying again: {1}", call, event.getLastThrowable()));
        return retry.executeSupplier(attempt);
    }

    private static RegistryUnavailable unavailable(String call, ErrorStatus answer, int attempts) {
        var times = attempts == 1 ? "" : " after %d attempts".formatted(attempts);
        return new RegistryUnavailable("MLflow answered %s with status %d%s".formatted(call, answer.status(), times));
    }
}
