package vowcheck.training.python;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SequencedMap;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.RunId;
import vowcheck.training.population.SyntheticPopulation;

/// The files themselves; EndToEndIT loads them with MLflow's client.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PythonModelTest {

    private static final Instant CREATED = Instant.parse("2026-01-02T03:04:05.6Z");
    private static final CodeVersion CODE = new CodeVersion("0.1.0", Optional.of("6e6b21a0ff00"));
    private static final int ROWS = 500;
    private static final LabelledRows POPULATION = SyntheticPopulation.rows(7).range(0, ROWS);

    private ModelBundle bundle;
    private SequencedMap<String, byte[]> files;

    @BeforeAll
    void makeFiles() throws IOException {
        bundle = ModelBundle.read(BaselineBundle.DIRECTORY, FeatureSchema.CURRENT);
        files = PythonModel.files(bundle, new RunId("run1"), CODE, CREATED);
    }

    @Test
    void theBoosterNamesItsFeaturesAndScoresRowsAsTheTreesDo() throws XGBoostError, IOException {
        var booster = XGBoost.loadModel(requireNonNull(files.get(PythonModel.BOOSTER)));
        var names = booster.getFeatureNames();
        var flat = new float[ROWS * names.length];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < names.length; column++) {
                flat[row * names.length + column] =
                        POPULATION.values(row)[POPULATION.schema().position(names[column])];
            }
        }
        var matrix = new DMatrix(flat, ROWS, names.length, Float.NaN);

        var margins = booster.predict(matrix, true);

        assertThat(names).containsExactlyInAnyOrderElementsOf(FeatureSchema.CONTRACT.fieldNames());
        for (int row = 0; row < ROWS; row++) {
            assertThat(margins[row][0])
                    .isCloseTo(bundle.scoringModel().trees().margin(POPULATION.values(row)), within(1e-6f));
        }
        matrix.dispose();
        booster.dispose();
    }

    @Test
    void theDescriptionHasTheSignatureInTheModelsOrder() {
        assertThat(text(PythonModel.DESCRIPTION))
                .contains(
                        "loader_module: divorce_model",
                        "run_id: run1",
                        "code_version: 0.1.0+6e6b21a0ff",
                        "mlflow_version: 3.")
                .contains("inputs: '[{\"type\":\"double\",\"name\":\"Client_Income\",\"required\":true}, {\"type\"")
                .contains("outputs: '[{\"type\":\"double\",\"name\":\"probability\",\"required\":true}]'")
                .contains("utc_time_created: '2026-01-02 03:04:05.600000'");
    }

    @Test
    void theExampleIsTheSampleApplication() {
        var example = JsonDocument.parse(text("input_example.json"));

        assertThat(example.texts("columns"))
                .isEqualTo(bundle.manifest().schema().fieldNames());
        assertThat(text("input_example.json")).contains("20000.0");
    }

    @Test
    void theRequirementsArePinned() {
        assertThat(text(PythonModel.REQUIREMENTS).lines())
                .hasSize(5)
                .contains("xgboost-cpu==3.0.4 ; sys_platform != 'darwin'")
                .allMatch(line -> line.matches("[a-z-]+==\\d+\\.\\d+\\.\\d+( ; .+)?"));
    }

    private String text(String path) {
        return new String(requireNonNull(files.get(path)), StandardCharsets.UTF_8);
    }
}
