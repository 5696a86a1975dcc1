package vowcheck.lambda;

import java.security.SecureRandom;
import java.util.function.Supplier;
import vowcheck.core.scoring.RequestId;

/// Generates request ids. Environments that are restored from the same snapshot generate different ones, provided
/// that each calls [#renew] first. Thread-safe.
final class RequestIds implements Supplier<RequestId> {

    /// More entropy than a UUID holds.
    private static final int SEED_BYTES = 32;

    private final SecureRandom random;

    RequestIds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public RequestId get() {
        return RequestId.random(random);
    }

    /// Adds entropy from the operating system, which no snapshot contains. The JDK's default generator buffers bytes
    /// of the system for a tenth of a second, so a snapshot could hold bytes that every environment would use. All
    /// generators of that kind share the buffer, so this renews the others, too.
    void renew() {
        random.setSeed(random.generateSeed(SEED_BYTES));
    }
}
