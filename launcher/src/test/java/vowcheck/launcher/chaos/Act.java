package vowcheck.launcher.chaos;

import java.sql.SQLException;
import java.util.Optional;

/// One thing that somebody does to a running system, or that happens to it.
interface Act {

    /// What is done, with its arguments, in a few words. Equal acts have equal sentences.
    String sentence();

    /// Does it, and waits for whatever comes back by itself, as on the real platform. Returns what came of it, in a few
    /// words; empty if there is nothing to add.
    String perform(WalkedSystem walked) throws SQLException;

    /// Whether the model in production may be unusable afterwards, until a training or an operator replaces it.
    default boolean mayStopServing() {
        return false;
    }

    /// Whether a training is tried afterwards, because the act could hurt it.
    default boolean mayHurtTraining() {
        return true;
    }

    /// Whether it kills functions while they answer: the platform answers for them, with status 502 or 504.
    default boolean killsFunctions() {
        return false;
    }

    /// The act that ends what this one begins.
    default Optional<Act> remedy() {
        return Optional.empty();
    }
}
