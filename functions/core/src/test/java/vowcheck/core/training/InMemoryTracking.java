package vowcheck.core.training;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;

/// Runs and versions in memory that can fail from some call on.
public final class InMemoryTracking implements ExperimentTracking {

    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<String, List<Boolean>> replays = new HashMap<>();
    private final Map<ModelVersion, Sha256> nominated = new HashMap<>();
    private int versions;
    private int callsLeft = Integer.MAX_VALUE;
    private int calls;
    private @Nullable RuntimeException reportFault;

    /// Answers so many calls more, and none after them.
    public void answerOnly(int more) {
        callsLeft = more;
    }

    /// Fails with every report from now on, and takes the model itself.
    public void failReports(RuntimeException fault) {
        reportFault = fault;
    }

    /// Counts versions from 1 again, as a registry does whose registered model was deleted.
    public void renumber() {
        versions = 0;
    }

    /// How many calls were answered.
    public int calls() {
        return calls;
    }

    /// How the run of a replay was ended, each time, by the replay's name.
    public Map<String, List<Boolean>> replays() {
        return Map.copyOf(replays);
    }

    /// All runs of trainings, in no order.
    public List<Run> runs() {
        return List.copyOf(runs.values());
    }

    /// The manifest hash that a version was nominated with.
    public Optional<Sha256> nominated(ModelVersion version) {
        return Optional.ofNullable(nominated.get(version));
    }

    @Override
    public void prepare() {
        called();
    }

    @Override
    public RunId replay(String execution, RunStart training) {
        called();
        replays.computeIfAbsent(execution, _ -> new ArrayList<>());
        return new RunId(execution);
    }

    @Override
    public RunId start(RunStart training, Optional<RunId> replay) {
        called();
        var run = new RunId("run" + (runs.size() + 1));
        runs.put(
                run,
                new Run(
                        training,
                        replay,
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new TreeMap<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>()));
        return run;
    }

    @Override
    public void record(RunId run, ModelManifest manifest, Optional<Outcome.Champion> champion, CodeVersion code) {
        called();
        run(run).records().add(new Recorded(manifest, champion, code));
    }

    @Override
    public void input(RunId run, ModelManifest manifest) {
        called();
        reportedUnlessFaulty();
        run(run).inputs().add(manifest);
    }

    @Override
    public void noteMissing(RunId run, List<String> reports) {
        called();
        run(run).missing().addAll(reports);
    }

    @Override
    public void describe(RunId run, String description) {
        called();
        reportedUnlessFaulty();
        run(run).descriptions().add(description);
    }

    @Override
    public void attach(RunId run, SequencedMap<String, byte[]> files) {
        called();
        if (files.keySet().stream().noneMatch(path -> path.startsWith(MODEL_FOLDER + "/"))) {
            reportedUnlessFaulty();
        }
        files.forEach((path, content) -> run(run).artifacts().put(path, content.clone()));
    }

    @Override
    public ModelVersion register(RunId run) {
        called();
        return new ModelVersion(Integer.toString(++versions));
    }

    @Override
    public void nominate(ModelVersion version, Sha256 manifestHash, LocalDate cutoff) {
        called();
        nominated.put(version, manifestHash);
    }

    @Override
    public void trials(RunId training, RunStart start, List<SearchTrial> trials) {
        called();
        run(training).trials().addAll(trials);
    }

    @Override
    public void searched(RunId training, SearchedRecipe found) {
        called();
        run(training).searched().add(found);
    }

    @Override
    public void end(RunId run, boolean successful) {
        called();
        Optional.ofNullable(replays.get(run.value()))
                .orElseGet(() -> run(run).ends())
                .add(successful);
    }

    private Run run(RunId run) {
        return requireNonNull(runs.get(run));
    }

    private void reportedUnlessFaulty() {
        @Nullable RuntimeException fault = reportFault;
        if (fault != null) {
            throw fault;
        }
    }

    private void called() {
        if (callsLeft == 0) {
            throw new RegistryUnavailable("the tracker in memory is out of reach");
        }
        callsLeft--;
        calls++;
    }

    /// What a run holds.
    public record Run(
            RunStart training,
            Optional<RunId> replay,
            List<Recorded> records,
            List<ModelManifest> inputs,
            List<String> missing,
            Map<String, byte[]> artifacts,
            List<String> descriptions,
            List<SearchTrial> trials,
            List<SearchedRecipe> searched,
            List<Boolean> ends) {}

    /// What was trained, by which code, and the champion that it was compared with.
    public record Recorded(ModelManifest manifest, Optional<Outcome.Champion> champion, CodeVersion code) {}
}
