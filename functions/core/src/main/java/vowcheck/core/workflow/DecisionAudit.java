package vowcheck.core.workflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Records each decision about the model in production, before and after it is carried out: one that was interrupted
/// is recorded as begun. A database that does not answer holds no decision back, since production must be mended
/// then, too: the log has the whole decision, and the caller a sentence about it.
public final class DecisionAudit {

    private static final Logger LOG = System.getLogger(DecisionAudit.class.getName());

    private final ModelDecisions decisions;
    private final InstantSource clock;

    public DecisionAudit(ModelDecisions decisions, InstantSource clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    /// Records a decision, and returns its entry.
    ///
    /// @param notes takes a sentence where it could not be recorded
    Entry begin(ModelDecision decision, Consumer<String> notes) {
        try {
            decisions.begun(decision, clock.instant());
            return new Entry(decision, notes, true);
        } catch (DecisionsUnavailable e) {
            LOG.log(Level.WARNING, "not recorded: {0} ({1})", decision, e.getMessage());
            notes.accept("this decision is not in the table model_decisions, but only in the log: " + e.getMessage());
            return new Entry(decision, notes, false);
        }
    }

    /// Completes the record of a decision that an earlier attempt has begun, and perhaps carried out before it was
    /// interrupted; harmless where none has.
    void complete(ModelDecision decision) {
        try {
            decisions.done(decision, clock.instant());
        } catch (DecisionsUnavailable e) {
            LOG.log(Level.WARNING, "if it was begun, it stays recorded as begun: {0} ({1})", decision, e.getMessage());
        }
    }

    /// Records a decision that was carried out at once.
    void record(ModelDecision decision, Consumer<String> notes) {
        begin(decision, notes).done();
    }

    /// The entry of one decision.
    final class Entry {

        private final ModelDecision decision;
        private final Consumer<String> notes;
        private final boolean begun;

        private Entry(ModelDecision decision, Consumer<String> notes, boolean begun) {
            this.decision = decision;
            this.notes = notes;
            this.begun = begun;
        }

        /// The decision has been carried out.
        void done() {
            if (!begun) {
                return;
            }
            try {
                decisions.done(decision, clock.instant());
            } catch (DecisionsUnavailable e) {
                LOG.log(Level.WARNING, "carried out, but recorded as begun: {0} ({1})", decision, e.getMessage());
                notes.accept("this decision was carried out, but the table model_decisions has it as begun: "
                        + e.getMessage());
            }
        }
    }
}
