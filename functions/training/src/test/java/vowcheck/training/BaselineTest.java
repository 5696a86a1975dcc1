package vowcheck.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.RequestFixtures;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.LogOdds;
import vowcheck.training.trees.DivorceExamples;

/// The committed bundle, which model-artifacts/make-baseline.sh builds.
class BaselineTest {

    private static final Path BASELINE = Path.of("../../model-artifacts/baseline");

    @Test
    void trainingTheBaselineAgainGivesTheCommittedFiles() throws IOException {
        var committed = ModelBundle.read(BASELINE, FeatureSchema.CONTRACT);
        var again = Baseline.train();
        assertThat(new String(again.manifestBytes(), StandardCharsets.UTF_8))
                .isEqualTo(new String(committed.manifestBytes(), StandardCharsets.UTF_8));
        assertThat(again.modelBytes()).isEqualTo(committed.modelBytes());
    }

    @Test
    void theBaselineIsTestedWithTheContractsApplication() throws IOException {
        var request = RequestFixtures.one("request_1.json");
        assertThat(ModelBundle.read(BASELINE, FeatureSchema.CONTRACT)
                        .manifest()
                        .smoke()
                        .application())
                .isEqualTo(request);
    }

    @Test
    void anyTribuoProgramLoadsTheCommittedModel() throws IOException {
        var bundle = ModelBundle.read(BASELINE, FeatureSchema.CONTRACT);
        Model<Label> tribuo = Model.deserializeFromFile(BASELINE.resolve(ModelBundle.MODEL_FILE))
                .castModel(Label.class);
        var application = bundle.manifest().smoke().application();
        var answer = tribuo.predict(
                DivorceExamples.unlabelled(FeatureSchema.CONTRACT, List.of(application.values(FeatureSchema.CONTRACT)))
                        .getFirst());
        double ours =
                LogOdds.probability(bundle.scoringModel().trees().margin(application.values(FeatureSchema.CONTRACT)));
        assertThat(answer.getOutputScores()).containsOnlyKeys("0", "1");
        assertThat(answer.getOutputScores().values().stream()
                        .filter(label -> label.getLabel().equals("1"))
                        .mapToDouble(Label::getScore)
                        .sum())
                .isCloseTo(ours, within(ParityCheck.TOLERANCE));
    }

    @Test
    void theBaselineRanksAsWellAsTheContractSaysATreeModelCan() throws IOException {
        var metrics =
                ModelBundle.read(BASELINE, FeatureSchema.CONTRACT).manifest().metrics();
        assertThat(metrics.rocAuc()).isBetween(0.64, 0.69);
        assertThat(metrics.averagePrecision()).isBetween(0.22, 0.30);
    }
}
