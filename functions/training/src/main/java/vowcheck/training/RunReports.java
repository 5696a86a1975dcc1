package vowcheck.training;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.training.ExperimentTracking;
import vowcheck.core.training.RunId;

/// Makes what people read about a training. Nothing that serves depends on it: a report that cannot be made or
/// stored is missing, and its run says so, but the model is not lost. Not thread-safe.
final class RunReports {

    private static final Logger LOG = System.getLogger(RunReports.class.getName());

    private final ExperimentTracking tracking;
    private final List<String> missing = new ArrayList<>();

    RunReports(ExperimentTracking tracking) {
        this.tracking = tracking;
    }

    /// Makes a report; empty where that fails.
    <T> Optional<T> make(String report, Supplier<T> making) {
        try {
            return Optional.of(making.get());
        } catch (RuntimeException e) { // of any kind: hours of training must not be lost for a report
            var sentence = "%s: %s".formatted(report, TrainingMain.sentence(e));
            missing.add(sentence);
            LOG.log(Level.WARNING, "a report is missing: {0}", sentence);
            return Optional.empty();
        }
    }

    /// Stores a report.
    void store(String report, Runnable storing) {
        make(report, () -> {
            storing.run();
            return report;
        });
    }

    /// Says on the run what is missing, if anything.
    void finish(RunId run) {
        if (missing.isEmpty()) {
            return;
        }
        try {
            tracking.noteMissing(run, missing);
        } catch (RegistryUnavailable | RegistryRefused e) {
            LOG.log(Level.WARNING, "the run does not say which reports are missing: {0}", e.getMessage());
        }
    }
}
