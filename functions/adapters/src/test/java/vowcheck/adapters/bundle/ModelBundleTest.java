package vowcheck.adapters.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.tribuo.ReadableReleases;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.UnusableModel;

class ModelBundleTest {

    @Test
    void theBaselineStillAnswersAsItDid() throws IOException {
        var model = ModelBundle.read(BaselineBundle.DIRECTORY, FeatureSchema.CURRENT)
                .scoringModel();
        var smoke = model.manifest().smoke();
        assertThat(model.probability(smoke.application())).isCloseTo(smoke.probability(), within(1e-9));
    }

    @Test
    void theBaselineSaysThatItsDataAreSynthetic() throws IOException {
        var manifest = ModelBundle.read(BaselineBundle.DIRECTORY, FeatureSchema.CURRENT)
                .manifest();
        assertThat(manifest.data().origin()).contains("synthetic");
        assertThat(manifest.version()).isEqualTo(ModelVersion.BASELINE);
    }

    @Test
    void aBundleIsWrittenAsItWasRead(@TempDir Path directory) throws IOException {
        ModelBundle.read(BaselineBundle.DIRECTORY, FeatureSchema.CURRENT).write(directory.resolve("models/7"));
        var written = ModelBundle.read(directory.resolve("models/7"), FeatureSchema.CURRENT);
        assertThat(written.manifestBytes()).isEqualTo(BaselineBundle.manifest());
        assertThat(written.modelBytes()).isEqualTo(BaselineBundle.model());
    }

    @Test
    void aBundleWithoutAListOfFeaturesIsReadByThisBuildAndByALaterOne() throws IOException {
        var baseline = ModelBundle.read(BaselineBundle.DIRECTORY, FeatureSchema.CURRENT);
        for (var build : List.of(FeatureSchema.CURRENT, LaterBuild.SCHEMA)) {
            var former = ModelBundle.read(BaselineBundle.WITHOUT_FEATURE_LIST, build);
            assertThat(new String(former.manifestBytes(), StandardCharsets.UTF_8))
                    .doesNotContain("\"features\" : [");
            assertThat(former.manifest())
                    .usingRecursiveComparison()
                    .ignoringFields("data.labelledRows", "metrics.review") // younger than the list of features
                    .isEqualTo(baseline.manifest());
            assertThat(former.scoringModel().probability(ModelFixtures.APPLICATION))
                    .isEqualTo(baseline.scoringModel().probability(ModelFixtures.APPLICATION));
        }
    }

    @Test
    void aModelFileOfAnotherHashIsRefused() {
        var model = BaselineBundle.model();
        model[model.length / 2] ^= 1;
        assertThatThrownBy(() -> ModelBundle.open(BaselineBundle.manifest(), model, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith("The SHA-256 of model.pb is ");
    }

    @Test
    void aBundleOfAReleaseThatTheBuildDoesNotReadIsRefused() throws IOException {
        var newer = ModelBundle.read(BaselineBundle.trainedBy("3.4.0"), FeatureSchema.CURRENT);
        assertThatThrownBy(() -> ModelBundle.open(
                        newer.manifestBytes(),
                        newer.modelBytes(),
                        FeatureSchema.CURRENT,
                        new ReadableReleases(List.of("2.1.4", "3.0.4"))))
                .isInstanceOf(UnusableModel.class)
                .hasMessage(
                        "xgboost_version of the manifest is '3.4.0', expected one that this build reads: 2.1.4, 3.0.4");
    }

    @Test
    void anXgboostVersionOtherThanTheModelFilesIsRefused() {
        assertThatThrownBy(() -> ModelBundle.open(
                        manifestWith("\"xgboost_version\" : \"3.0.4\"", "\"xgboost_version\" : \"3.4.0\""),
                        BaselineBundle.model(),
                        FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("xgboost_version of the manifest is '3.4.0', expected '3.0.4'");
    }

    @Test
    void aTribuoVersionOtherThanTheModelFilesIsRefused() {
        assertThatThrownBy(() -> ModelBundle.open(
                        manifestWith("\"tribuo_version\" : \"4.3.2\"", "\"tribuo_version\" : \"4.3.1\""),
                        BaselineBundle.model(),
                        FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("tribuo_version of the manifest is '4.3.1', expected '4.3.2'");
    }

    @Test
    void aModelThatDoesNotReproduceItsSmokeProbabilityIsRefused() {
        assertThatThrownBy(() -> ModelBundle.open(
                        manifestWith("\"Education_Days\" : 6000.0", "\"Education_Days\" : 3285.0"),
                        BaselineBundle.model(),
                        FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("smoke application");
    }

    private static byte[] manifestWith(String part, String instead) {
        var manifest = new String(BaselineBundle.manifest(), StandardCharsets.UTF_8);
        assertThat(manifest).contains(part);
        return manifest.replace(part, instead).getBytes(StandardCharsets.UTF_8);
    }
}
