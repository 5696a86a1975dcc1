package vowcheck.adapters.s3;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import vowcheck.adapters.bundle.IntervalJson;
import vowcheck.adapters.bundle.TestMetricsJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.RowCount;
import vowcheck.core.training.AgeGroup;
import vowcheck.core.training.AgeRange;
import vowcheck.core.training.Comparison;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.PairedDifferences;

/// A comparison in `outcome.json`. Where the recipes could not be fitted without the people of the test rows,
/// `new_people` is `{"problem":"…"}`.
final class ComparisonJson {

    private static final String PROBLEM = "problem";
    private static final String CALIBRATION_ERROR = "calibration_error";
    private static final String RECALL_GAP = "recall_gap";
    private static final String CALIBRATION_GAP = "calibration_gap";

    private ComparisonJson() {}

    static JsonObject write(Comparison comparison) {
        return new JsonObject()
                .with("rows", comparison.rows().rows())
                .with("positives", comparison.rows().positives())
                .with("left_out", comparison.leftOut())
                .with(
                        "challenger_fitted_until",
                        comparison.challengerFittedUntil().toString())
                .with("champion_fitted_until", comparison.championFittedUntil().toString())
                .with("challenger", TestMetricsJson.write(comparison.challenger()))
                .with("champion", TestMetricsJson.write(comparison.champion()))
                .with("new_people", write(comparison.newPeople()));
    }

    private static JsonObject write(NewPeopleComparison newPeople) {
        return switch (newPeople) {
            case NewPeopleComparison.NotFitted(var problem) -> new JsonObject().with(PROBLEM, problem);
            case NewPeopleComparison.Measured(var challenger, var champion, var differences) ->
                new JsonObject()
                        .with("challenger", TestMetricsJson.write(challenger))
                        .with("champion", TestMetricsJson.write(champion))
                        .with(TestMetricsJson.AVERAGE_PRECISION, IntervalJson.write(differences.averagePrecision()))
                        .with(CALIBRATION_ERROR, IntervalJson.write(differences.calibrationError()))
                        .with(RECALL_GAP, IntervalJson.write(differences.recallGap()))
                        .with(CALIBRATION_GAP, IntervalJson.write(differences.calibrationGap()))
                        .with(
                                "ages",
                                differences.ageGroups().stream()
                                        .map(ComparisonJson::write)
                                        .toList());
        };
    }

    private static JsonObject write(AgeGroup group) {
        return new JsonObject()
                .with("ages", group.ages().name().toLowerCase(Locale.ROOT))
                .with("rows", group.rows())
                .with("positives", group.positives())
                .with("counts", group.counts())
                .with("challenger_recall", group.challengerRecall())
                .with("champion_recall", group.championRecall())
                .with("challenger_calibration_error", group.challengerCalibrationError())
                .with("champion_calibration_error", group.championCalibrationError());
    }

    /// Throws the document's exception, which names the field that is missing or wrong.
    static Comparison read(JsonDocument json) {
        return json.valid(() -> new Comparison(
                new RowCount(json.integer("rows"), json.integer("positives")),
                json.integer("left_out"),
                json.date("challenger_fitted_until"),
                json.date("champion_fitted_until"),
                TestMetricsJson.read(json.document("challenger")),
                TestMetricsJson.read(json.document("champion")),
                newPeople(json.document("new_people"))));
    }

    private static NewPeopleComparison newPeople(JsonDocument json) {
        return json.has(PROBLEM)
                ? new NewPeopleComparison.NotFitted(json.text(PROBLEM))
                : new NewPeopleComparison.Measured(
                        TestMetricsJson.read(json.document("challenger")),
                        TestMetricsJson.read(json.document("champion")),
                        new PairedDifferences(
                                IntervalJson.read(json.document(TestMetricsJson.AVERAGE_PRECISION)),
                                IntervalJson.read(json.document(CALIBRATION_ERROR)),
                                IntervalJson.read(json.document(RECALL_GAP)),
                                IntervalJson.read(json.document(CALIBRATION_GAP)),
                                groups(json)));
    }

    private static List<AgeGroup> groups(JsonDocument json) {
        return json.documents("ages").stream()
                .map(group -> new AgeGroup(
                        group.value("ages", ComparisonJson::ages),
                        group.integer("rows"),
                        group.integer("positives"),
                        group.flag("counts"),
                        group.number("challenger_recall"),
                        group.number("champion_recall"),
                        group.number("challenger_calibration_error"),
                        group.number("champion_calibration_error")))
                .toList();
    }

    private static AgeRange ages(String name) {
        return Arrays.stream(AgeRange.values())
                .filter(range -> range.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "ages '%s', expected one of %s".formatted(name, Arrays.toString(AgeRange.values()))));
    }
}
