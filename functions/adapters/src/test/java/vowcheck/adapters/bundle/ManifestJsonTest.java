package vowcheck.adapters.bundle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.UnusableModel;

class ManifestJsonTest {

    /// Fields that the first manifests of this format lack.
    private static final Set<Object> OPTIONAL = Set.of("features", "labelled_rows", "metrics.calibration_error");

    @Test
    void whatWasWrittenIsReadBack() {
        var manifest = ModelFixtures.constant("12", 0.2).manifest();
        assertThat(ManifestJson.read(ManifestJson.write(manifest), FeatureSchema.CURRENT))
                .isEqualTo(manifest);
    }

    @Test
    void theCommittedManifestIsWrittenToTheByte() {
        var committed = BaselineBundle.manifest();
        assertThat(ManifestJson.write(ManifestJson.read(committed, FeatureSchema.CURRENT)))
                .isEqualTo(committed);
    }

    @Test
    void aFieldThatIsNotKnownIsIgnored() {
        var json = baseline();
        json.put("remark", Map.of("words", List.of(1, 2, 3)));
        assertThat(ManifestJson.read(bytes(json), FeatureSchema.CURRENT))
                .isEqualTo(ManifestJson.read(BaselineBundle.manifest(), FeatureSchema.CURRENT));
    }

    @Test
    void aManifestWithoutTheListHasTheContractsFeatures() {
        var json = baseline();
        json.remove("features");
        assertThat(ManifestJson.read(bytes(json), LaterBuild.SCHEMA).schema()).isEqualTo(FeatureSchema.CONTRACT);
    }

    @Test
    void aManifestThatDoesNotNameItsRowsIsReadAndWrittenAsItIs() {
        var json = baseline();
        json.remove("labelled_rows");
        var manifest = ManifestJson.read(bytes(json), FeatureSchema.CURRENT);
        assertThat(manifest.data().labelledRows()).isNull();
        assertThat(ManifestJson.read(ManifestJson.write(manifest), FeatureSchema.CURRENT))
                .isEqualTo(manifest);
    }

    @Test
    void aManifestOfAnEarlierReleaseHasTheFirstFourMetricsOnly() {
        var json = baseline();
        parentOf(json, "metrics.calibration_error")
                .keySet()
                .retainAll(Set.of("average_precision", "roc_auc", "brier_score", "log_loss"));
        var manifest = ManifestJson.read(bytes(json), FeatureSchema.CURRENT);

        assertThat(manifest.metrics().review()).isNull();
        assertThat(manifest.metrics().averagePrecisionNewPeople()).isNull();
        assertThat(ManifestJson.read(ManifestJson.write(manifest), FeatureSchema.CURRENT))
                .isEqualTo(manifest);
    }

    @Test
    void theMetricOnNewPeopleIsReadBack() {
        var manifest = ModelFixtures.constant("12", 0.2).manifest().withNewPeople(0.125);

        assertThat(new String(ManifestJson.write(manifest), StandardCharsets.UTF_8))
                .contains("\"average_precision_new_people\" : 0.125");
        assertThat(ManifestJson.read(ManifestJson.write(manifest), FeatureSchema.CURRENT))
                .isEqualTo(manifest);
    }

    @Test
    void theFeaturesHaveTheOrderOfTheList() {
        var json = baseline();
        json.put("features", FeatureSchema.CONTRACT.fieldNames().reversed());
        var manifest = ManifestJson.read(bytes(json), FeatureSchema.CURRENT);
        assertThat(manifest.schema().features())
                .isEqualTo(FeatureSchema.CONTRACT.features().reversed());
        assertThat(manifest.data().reference().sequencedKeySet())
                .containsExactlyElementsOf(manifest.schema().features());
        assertThat(ManifestJson.read(ManifestJson.write(manifest), FeatureSchema.CURRENT))
                .isEqualTo(manifest);
    }

    @Test
    void aFeatureThatThisBuildDoesNotKnowIsNamed() {
        var json = baseline();
        json.put("features", LaterBuild.SCHEMA.fieldNames());
        assertThatThrownBy(() -> ManifestJson.read(bytes(json), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("features of the manifest: the feature 'Household_Size', expected one of "
                        + FeatureSchema.CURRENT);
    }

    @ParameterizedTest
    @MethodSource("everyFieldThatMustBeThere")
    void aMissingFieldIsNamed(String path) {
        var json = baseline();
        parentOf(json, path).remove(lastOf(path));
        assertThatThrownBy(() -> ManifestJson.read(bytes(json), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The manifest has no " + path);
    }

    @ParameterizedTest
    @MethodSource("everyField")
    void aFieldOfTheWrongTypeIsNamed(String path) {
        var json = baseline();
        parentOf(json, path).put(lastOf(path), List.of(true));
        assertThatThrownBy(() -> ManifestJson.read(bytes(json), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith(path + " of the manifest is [true], expected ");
    }

    @ParameterizedTest
    @MethodSource("everyField")
    void aFieldThatIsNullIsNamed(String path) {
        var json = baseline();
        parentOf(json, path).put(lastOf(path), null);
        assertThatThrownBy(() -> ManifestJson.read(bytes(json), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith(path + " of the manifest is null, expected ");
    }

    @ParameterizedTest
    @CsvSource({
        "format, 1, 'format of the manifest is 1, expected 2'",
        "model_name, '\"other\"', 'model_name of the manifest is ''other'', expected ''divorce-model'''",
        "data_cutoff_date, '\"2025-13-01\"', 'data_cutoff_date of the manifest is ''2025-13-01'', expected a date'",
        "data_cutoff_date, '\"2025-01-01\"', 'The manifest: fitted until 2025-03-01, expected a date before the cutoff 2025-01-01'",
        "rows.test.positives, -1, 'rows.test of the manifest: -1 positives, expected 0 to 13363'",
        "rows.test.rows, 3000000000, 'rows.test.rows of the manifest is 3000000000, expected a whole number of 32 bits'",
        "calibration.slope, 0, 'calibration of the manifest: slope 0.0, expected a finite number greater than 0'",
        "metrics.roc_auc, 1.5, 'metrics of the manifest: ROC AUC 1.5, expected 0 to 1'",
        "reference.Age_Days.counts, '[1, 2]', 'reference.Age_Days of the manifest: 2 counts, expected one more than the 9 edges'",
        "reference.ID_Days.edges, '[2, 1]', 'reference.ID_Days of the manifest: edge 1.0 at place 1, expected finite numbers"
                + " that rise'",
        "smoke.features.Client_Income, 0, 'smoke.features of the manifest: Client_Income is out of bounds, expected a"
                + " finite float32 number greater than 0'",
        "model_version, '\"../up\"', 'model_version of the manifest: model version ''../up'', expected 1 to 64 letters, digits, dots,"
                + " dashes or underscores'"
    })
    void aValueOutOfBoundsIsNamed(String path, String value, String message) throws Exception {
        var json = baseline();
        parentOf(json, path).put(lastOf(path), JSON.std.anyFrom(value));
        assertThatThrownBy(() -> ManifestJson.read(bytes(json), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"format\": 1, \"format\": 1}", "\u0000", "{} trailing"})
    void whatIsNotOneJsonObjectIsRefused(String text) {
        assertThatThrownBy(() -> ManifestJson.read(text.getBytes(StandardCharsets.UTF_8), FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class);
    }

    @Test
    void aManifestThatIsCutOffAnywhereIsRefused() {
        var text = new String(BaselineBundle.manifest(), StandardCharsets.UTF_8).strip();
        for (int length = 0; length < text.length(); length++) {
            var cutOff = text.substring(0, length).getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> ManifestJson.read(cutOff, FeatureSchema.CURRENT))
                    .isInstanceOf(UnusableModel.class);
        }
    }

    private static Stream<Arguments> everyFieldThatMustBeThere() {
        return everyField().filter(arguments -> !OPTIONAL.contains(arguments.get()[0]));
    }

    private static Stream<Arguments> everyField() {
        var paths = new ArrayList<String>();
        collect("", baseline(), paths);
        // Any parameter may be missing.
        paths.removeIf(path -> path.startsWith("parameters."));
        return paths.stream().map(Arguments::of);
    }

    private static void collect(String path, Map<?, ?> json, List<String> paths) {
        json.forEach((name, value) -> {
            paths.add(path + name);
            if (value instanceof Map<?, ?> object) {
                collect(path + name + ".", object, paths);
            }
        });
    }

    @SuppressWarnings("unchecked") // jackson-jr's maps have string keys
    private static Map<String, Object> parentOf(Map<String, Object> json, String path) {
        var parent = json;
        var names = path.split("\\.", -1);
        for (int depth = 0; depth < names.length - 1; depth++) {
            parent = (Map<String, Object>) requireNonNull(parent.get(names[depth]));
        }
        return parent;
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static Map<String, Object> baseline() {
        return JSON.std.mapFrom(BaselineBundle.manifest());
    }

    private static byte[] bytes(Map<String, Object> json) {
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asBytes(json);
    }
}
