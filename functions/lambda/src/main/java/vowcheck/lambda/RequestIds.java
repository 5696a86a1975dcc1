package vowcheck.lambda;

import java.security.SecureRandom;
import java.util.function.Supplier;
import vowcheck.core.scoring.RequestId;

/// Gives requests their ids. Environments that begin with the same snapshot of one process give different
/// ones, as long as each calls [#renew] first. Thread-safe.
final class RequestIds implements Supplier<RequestId> {

    /// More than an id holds of chance.
    private static final int SEED_BYTES = 32;

    private final SecureRandom random;

    RequestIds(SecureRandom random) {
        this.random = random;
    }

    @Override
    public RequestId get() {
        return RequestId.random(random);
    }

    /// Adds fresh chance, which comes from the operating system and not from this process' memory. The JDK's
    /// usual generator keeps bytes of the system for a tenth of a second, so that a snapshot could hold some
    /// that every environment would use. All generators of that kind share one state, so this serves the
    /// others, too.
    void renew() {
        random.setSeed(random.generateSeed(SEED_BYTES));
    }
}
