package vowcheck.core.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// Port: where the runs of trainings are recorded and model versions are registered. Every method throws
/// [RegistryUnavailable] when the tracker does not answer, [RegistryRefused] when it refuses.
public interface ExperimentTracking {

    /// The folder of a run that holds its model bundle.
    String MODEL_FOLDER = "model";

    /// Makes the tracker ready for runs, before a training costs time: restores what people deleted. Throws
    /// [RegistryRefused] with what a person can do where it cannot be restored.
    void prepare();

    /// The run of a replay, which the first of its trainings starts. The runs of its trainings are shown below it.
    ///
    /// @param execution name of the replay's execution
    /// @param training the training that asks
    RunId replay(String execution, RunStart training);

    /// Starts the run of a training.
    ///
    /// @param replay the run that it is shown below, where it belongs to a replay
    RunId start(RunStart training, Optional<RunId> replay);

    /// Records what was trained and how it was measured.
    ///
    /// @param champion the model that it was compared with; empty where none was in production
    /// @param code that trained
    void record(RunId run, ModelManifest manifest, Optional<Outcome.Champion> champion, CodeVersion code);

    /// Records the rows that a model was trained on as the run's input, where its manifest says which they were.
    void input(RunId run, ModelManifest manifest);

    /// Says on a run which of its reports are missing, and why.
    ///
    /// @param reports one sentence for each
    void noteMissing(RunId run, List<String> reports);

    /// Describes a run to people, in Markdown.
    void describe(RunId run, String description);

    /// Adds files to a run, in their order.
    ///
    /// @param files contents by paths within the run, such as `model/model.pb`
    void attach(RunId run, SequencedMap<String, byte[]> files);

    /// Adds one file to a run.
    default void attach(RunId run, String path, byte[] content) {
        attach(run, new TreeMap<>(Map.of(path, content)));
    }

    /// Registers the run's [#MODEL_FOLDER] as a new version of the model.
    ModelVersion register(RunId run);

    /// Makes a registered version a candidate for production, once its bundle is attached to its run.
    ///
    /// @param manifestHash SHA-256 of the manifest in the bundle
    /// @param cutoff of its training
    void nominate(ModelVersion version, Sha256 manifestHash, LocalDate cutoff);

    /// Records each trial of the search for a training's recipe as a run of its own, within the training's run.
    ///
    /// @param start of the training's run
    void trials(RunId training, RunStart start, List<SearchTrial> trials);

    /// Records what a search has found in the run of its training.
    void searched(RunId training, SearchedRecipe found);

    /// Ends a run now, or moves its end.
    void end(RunId run, boolean successful);
}
