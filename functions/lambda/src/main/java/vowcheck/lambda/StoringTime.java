package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How much of the current invocation is left for storing rows. Zero between two invocations. Not thread-safe.
final class StoringTime implements Supplier<Duration> {

    /// What an invocation needs besides: before a statement, at most 8 s to read an object from S3 and 10 s to open a
    /// connection, where the password has changed meanwhile; after it, what writing metrics and answer takes.
    static final Duration REST = Duration.ofSeconds(25);

    private @Nullable Context invocation;

    /// An invocation has begun.
    void begin(Context context) {
        invocation = context;
    }

    @Override
    public Duration get() {
        if (invocation == null) {
            return Duration.ZERO;
        }
        var left = Duration.ofMillis(invocation.getRemainingTimeInMillis()).minus(REST);
        return left.isPositive() ? left : Duration.ZERO;
    }
}
