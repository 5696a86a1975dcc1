package vowcheck.training.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.RunId;

/// The files that make a folder with a bundle a model of MLflow, of the flavour `python_function`: `MLmodel`, XGBoost's
/// booster, the module that loads it, an input example, and the packages that it needs. Source of the format:
/// MLflow's guide 'MLflow Models', and `mlflow.pyfunc` of the release that the server runs.
public final class PythonModel {

    /// What MLflow reads first.
    static final String DESCRIPTION = "MLmodel";

    static final String BOOSTER = "booster.ubj";
    static final String REQUIREMENTS = "requirements.txt";

    /// The oldest release of Python that the server's packages were chosen for. Loaded by another one, MLflow warns.
    private static final String PYTHON = "3.11";

    private static final String MODULE = "divorce_model";
    private static final String CODE = "code";
    private static final String ENVIRONMENT = "python_env.yaml";
    private static final String EXAMPLE = "input_example.json";
    private static final String SERVING_EXAMPLE = "serving_input_example.json";

    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private PythonModel() {}

    /// The files by their paths in the model's folder, in addition to the bundle's own two. Throws [UnusableModel] if
    /// XGBoost cannot read the bundle's model.
    ///
    /// @param run that made the model
    /// @param code that trained it
    /// @param created when it was made
    public static SequencedMap<String, byte[]> files(ModelBundle bundle, RunId run, CodeVersion code, Instant created) {
        var manifest = bundle.manifest();
        var example = example(manifest);
        var lock = PythonLock.ofServer();
        var files = new LinkedHashMap<String, byte[]>();
        files.put(BOOSTER, NamedBooster.file(TribuoModelFile.xgboost(bundle.modelBytes(), manifest.schema())));
        files.put(CODE + "/" + MODULE + ".py", module());
        files.put(REQUIREMENTS, utf8(requirements(manifest, lock)));
        files.put(ENVIRONMENT, utf8(environment()));
        files.put(EXAMPLE, example.utf8());
        files.put(
                SERVING_EXAMPLE,
                new JsonObject().with("dataframe_split", example).utf8());
        long bytes = bundle.modelBytes().length
                + bundle.manifestBytes().length
                + files.values().stream().mapToLong(file -> file.length).sum();
        files.put(DESCRIPTION, utf8(description(manifest, run, code, created, lock, bytes)));
        return files;
    }

    private static String description(
            ModelManifest manifest, RunId run, CodeVersion code, Instant created, PythonLock lock, long bytes) {
        return """
                artifact_path: model
                flavors:
                  python_function:
                    code: %s
                    env:
                      virtualenv: %s
                    loader_module: %s
                    python_version: '%s'
                    streamable: false
                metadata:
                  code_version: %s
                mlflow_version: %s
                model_size_bytes: %d
                run_id: %s
                saved_input_example_info:
                  artifact_path: %s
                  pandas_orient: split
                  serving_input_path: %s
                  type: dataframe
                signature:
                  inputs: '%s'
                  outputs: '%s'
                  params: null
                utc_time_created: '%s'
                """.formatted(
                        CODE,
                        ENVIRONMENT,
                        MODULE,
                        PYTHON,
                        code,
                        lock.version("mlflow"),
                        bytes,
                        run.value(),
                        EXAMPLE,
                        SERVING_EXAMPLE,
                        columns(manifest.schema().features().stream()
                                .map(feature -> column(feature.fieldName(), !feature.mayBeMissing()))),
                        columns(Stream.of(column("probability", true))),
                        CREATED.format(created));
    }

    private static JsonObject column(String name, boolean required) {
        return new JsonObject().with("type", "double").with("name", name).with("required", required);
    }

    private static String columns(Stream<JsonObject> columns) {
        return columns.map(JsonObject::json).collect(Collectors.joining(", ", "[", "]"));
    }

    /// The package for processors is enough; it is a fiftieth of the one that brings CUDA along. On macOS there is only
    /// the other one, without CUDA.
    private static String requirements(ModelManifest manifest, PythonLock lock) {
        return """
                mlflow==%1$s
                numpy==%2$s
                pandas==%3$s
                xgboost-cpu==%4$s ; sys_platform != 'darwin'
                xgboost==%4$s ; sys_platform == 'darwin'
                """.formatted(
                        lock.version("mlflow"),
                        lock.version("numpy"),
                        lock.version("pandas"),
                        manifest.file().xgboostVersion());
    }

    private static String environment() {
        return """
                python: '%s'
                build_dependencies:
                - pip
                dependencies:
                - -r %s
                """.formatted(PYTHON, REQUIREMENTS);
    }

    /// The application that every manifest has, as pandas' orientation `split`.
    private static JsonObject example(ModelManifest manifest) {
        var application = manifest.smoke().application();
        var values = new ArrayList<@Nullable Float>();
        for (Feature feature : manifest.schema().features()) {
            values.add(application.has(feature) ? application.value(feature) : null);
        }
        return new JsonObject().with("columns", manifest.schema().fieldNames()).with("data", List.of(values));
    }

    private static byte[] module() {
        var file = MODULE + ".py";
        try (var stream = PythonModel.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
