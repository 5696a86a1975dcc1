package vowcheck.core.training;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;

/// Runs and versions in memory that can fail from some call on.
public final class InMemoryTracking implements ExperimentTracking {

    private final Map<RunId, Run> runs = new HashMap<>();
    private final Map<ModelVersion, Map<String, String>> versions = new HashMap<>();
    private int callsLeft = Integer.MAX_VALUE;
    private int calls;

    /// Answers so many calls more, and none after them.
    public void answerOnly(int more) {
        callsLeft = more;
    }

    /// How many calls were answered.
    public int calls() {
        return calls;
    }

    /// All runs, in no order.
    public List<Run> runs() {
        return List.copyOf(runs.values());
    }

    /// The tags of a version.
    public Map<String, String> tags(ModelVersion version) {
        return new TreeMap<>(versions.getOrDefault(version, Map.of()));
    }

    @Override
    public RunId start(String name, Map<String, String> tags) {
        called();
        var run = new RunId("run" + (runs.size() + 1));
        runs.put(
                run,
                new Run(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(tags), new TreeMap<>(), new ArrayList<>()));
        return run;
    }

    @Override
    public void log(RunId run, Map<String, String> parameters, Map<String, Double> metrics, Map<String, String> tags) {
        called();
        run(run).parameters().putAll(parameters);
        run(run).metrics().putAll(metrics);
        run(run).tags().putAll(tags);
    }

    @Override
    public void attach(RunId run, String path, byte[] content) {
        called();
        run(run).artifacts().put(path, content.clone());
    }

    @Override
    public ModelVersion register(RunId run) {
        called();
        var version = new ModelVersion(Integer.toString(versions.size() + 1));
        versions.put(version, new HashMap<>());
        return version;
    }

    @Override
    public void tag(ModelVersion version, Map<String, String> tags) {
        called();
        requireNonNull(versions.get(version)).putAll(tags);
    }

    @Override
    public void end(RunId run, boolean successful) {
        called();
        run(run).ends().add(successful);
    }

    private Run run(RunId run) {
        return requireNonNull(runs.get(run));
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
            Map<String, String> parameters,
            Map<String, Double> metrics,
            Map<String, String> tags,
            Map<String, byte[]> artifacts,
            List<Boolean> ends) {}
}
