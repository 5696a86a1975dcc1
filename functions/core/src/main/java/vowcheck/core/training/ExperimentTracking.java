package vowcheck.core.training;

import java.util.Map;
import vowcheck.core.model.ModelVersion;

/// Port: where runs of trainings are recorded and versions are registered. Every method throws
/// [RegistryUnavailable] when the tracker does not answer or refuses.
public interface ExperimentTracking {

    /// Starts a run of that name.
    RunId start(String name, Map<String, String> tags);

    /// Adds parameters, metrics and tags to a run.
    void log(RunId run, Map<String, String> parameters, Map<String, Double> metrics, Map<String, String> tags);

    /// Adds a file to a run, at a path below the run's own such as `model/model.pb`.
    void attach(RunId run, String path, byte[] content);

    /// Registers the run's folder `model` as a new version of the model.
    ModelVersion register(RunId run);

    /// Sets tags of a version; others stay.
    void tag(ModelVersion version, Map<String, String> tags);

    /// Ends a run.
    void end(RunId run, boolean successful);
}
