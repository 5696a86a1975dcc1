package vowcheck.training.evaluation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.training.Interval;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.RankingMetrics;
import vowcheck.training.population.SyntheticPopulation;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunEvaluationTest {

    private static final LabelledRows TEST = SyntheticPopulation.rows(7).range(0, 20_000);

    private static final ModelIdentity SIX = ModelFixtures.identity("6");

    private ModelBundle bundle;
    private RunEvaluation evaluation;

    @BeforeAll
    void evaluate() throws IOException {
        bundle = ModelBundle.read(BaselineBundle.DIRECTORY, FeatureSchema.CURRENT);
        evaluation = RunEvaluation.of(bundle, TEST, Optional.empty());
    }

    @Test
    void theAreaUnderThePrecisionRecallCurveIsTheAveragePrecision() {
        var json = JsonDocument.parse(text("precision_recall_curve.json"));
        var recall = json.doubles("recall");
        var precision = json.doubles("precision");
        double area = recall[0] * precision[0];
        for (int point = 1; point < recall.length; point++) {
            area += (recall[point] - recall[point - 1]) * (precision[point] + precision[point - 1]) / 2;
        }
        var probabilities = new double[TEST.size()];
        for (int row = 0; row < probabilities.length; row++) {
            probabilities[row] = bundle.scoringModel().trees().margin(TEST.values(row));
        }

        assertThat(recall).hasSizeBetween(100, PrecisionRecallCurve.MOST_POINTS + 1);
        assertThat(recall[recall.length - 1]).isEqualTo(1);
        assertThat(precision[precision.length - 1]).isEqualTo(json.number("positive_rate"));
        assertThat(area).isCloseTo(RankingMetrics.averagePrecision(probabilities, TEST.labels()), within(0.005));
    }

    @Test
    void theBinsOfTheReliabilityDiagramHoldAllRowsAndAllDivorces() {
        var json = JsonDocument.parse(text("reliability_diagram.json"));
        var rows = json.doubles("rows");
        var observed = json.doubles("observed");
        double divorced = 0;
        double all = 0;
        for (int bin = 0; bin < rows.length; bin++) {
            all += rows[bin];
            divorced += rows[bin] * observed[bin];
        }

        assertThat(all).isEqualTo(TEST.size());
        assertThat(divorced).isCloseTo(TEST.positives(), within(1e-6));
        assertThat(json.doubles("predicted")).isSorted();
    }

    @Test
    void theImportanceIsTheSameForTheSameSeed() {
        var again = RunEvaluation.of(bundle, TEST, Optional.empty());

        assertThat(requireNonNull(again.files().get("feature_importance.json")))
                .isEqualTo(evaluation.files().get("feature_importance.json"));
        var age = JsonDocument.parse(text("feature_importance.json")).document("Age_Days");
        assertThat(age.number("mean_absolute_shap")).isBetween(0.01, 2.0);
        assertThat(age.number("gain")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"precision_recall_curve.svg", "reliability_diagram.svg"})
    void thePicturesAreXmlWithTheirTitles(String file) throws Exception {
        var picture = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text(file).getBytes(StandardCharsets.UTF_8)));

        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(picture.getElementsByTagName("text").item(0).getTextContent())
                .endsWith("on the test rows");
        assertThat(picture.getElementsByTagName("polyline").getLength()).isOne();
    }

    @Test
    void theCardSaysThatTheRowsAreSynthetic() {
        assertThat(evaluation.card())
                .startsWith("# divorce-model, trained on rows before 2025-05-01\n")
                .contains("**These rows are synthetic.**", "| ROC AUC | 0.", "| Age_Days | ")
                .doesNotContain("in production");
    }

    @Test
    void theCardComparesWithTheModelInProduction() {
        assertThat(card(OutcomeFixtures.champion(SIX, 0.25, new Interval(0.0123, -0.004, 0.03))))
                .contains(
                        "Both models on the 13,363 test rows, 2,109 of them divorced, that fitted neither;",
                        "Version 6 was fitted on rows until 2025-02-01, this model until 2025-03-01.",
                        "| figure | this model | version 6 |",
                        "| average precision | 0.2600 | 0.2500 |",
                        "| calibration error | 0.0200 | 0.0200 |",
                        "the average precision is 0.2623, that of the other recipe 0.2500.",
                        "| average precision | +0.0123 | -0.0040 | +0.0300 |",
                        "| gap in recall at the review capacity between ages | +0.0000 | -0.0200 | +0.0200 |",
                        "| under 27 | 2,000 | 900 | yes | 0.2000 | 0.2000 | 0.0100 | 0.0100 |",
                        "has the decision, the stage's policy and the reasons");
    }

    @Test
    void theCardSaysWhyNothingWasCompared() {
        assertThat(card(new Outcome.MeasuredChampion(
                        SIX, OutcomeFixtures.comparison(0.25, 0, new NewPeopleComparison.NotFitted("too few people")))))
                .contains("| average precision | 0.2600 | 0.2500 |", "nothing was measured: too few people.")
                .doesNotContain("| difference in |");
        assertThat(card(new Outcome.IncomparableChampion(SIX, "too few rows"))).contains("None: too few rows.");
        assertThat(card(new Outcome.UnreadableChampion(SIX, "model.pb is missing")))
                .contains("None, since it cannot be opened: model.pb is missing.");
    }

    private String card(Outcome.Champion champion) {
        return RunEvaluation.of(bundle, TEST, Optional.of(champion)).card();
    }

    private String text(String file) {
        return new String(requireNonNull(evaluation.files().get(file)), StandardCharsets.UTF_8);
    }
}
