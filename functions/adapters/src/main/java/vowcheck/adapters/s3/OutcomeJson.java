package vowcheck.adapters.s3;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.bundle.TestMetricsJson;
import vowcheck.adapters.bundle.TrainedRowsJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RunId;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.training.TrainingResult;

/// `outcome.json` of a training. It has the champion's version and hash only where there was a champion whose
/// pointer could be read. Beside them stands the `comparison`; or `incomparable`, why there is none; or, for
/// a champion that cannot be opened, `champion_problem`. Where nothing was trained, it is
/// `{"answered_by":{…},"data_cutoff_date","labelled_rows":{…}}`.
final class OutcomeJson {

    private static final String ANSWER = "answered_by";
    private static final String CUTOFF = "data_cutoff_date";
    private static final String CHAMPION_VERSION = "champion_version";
    private static final String CHAMPION_MANIFEST_HASH = "champion_" + ModelIdentityJson.MANIFEST_HASH;
    private static final String CHAMPION_PROBLEM = "champion_problem";
    private static final String COMPARISON = "comparison";
    private static final String INCOMPARABLE = "incomparable";
    private static final String SEARCHED = "searched_recipe";
    private static final String DEFAULT_RECIPE = "default_" + TestMetricsJson.AVERAGE_PRECISION;
    private static final String TRIALS = "trials";
    private static final String CHOSEN = "chosen";
    private static final String COST = "cost";
    private static final String DEFAULT_COST = "default_cost";
    private static final String STEPS = "steps";
    private static final String EXPLANATION = "explanation";

    private OutcomeJson() {}

    static String write(TrainingResult result) {
        return switch (result) {
            case Outcome outcome -> write(outcome);
            case NothingNew nothing ->
                new JsonObject()
                        .with(ANSWER, RowsAnswerJson.write(nothing.answer()))
                        .with(CUTOFF, nothing.dataCutoffDate().toString())
                        .with(TrainedRowsJson.FIELD, TrainedRowsJson.write(nothing.labelledRows()))
                        .json();
        };
    }

    private static String write(Outcome outcome) {
        var champion = outcome.championModel();
        return ModelIdentityJson.add(new JsonObject(), outcome.challenger())
                .with("run_id", outcome.runId().value())
                .withPresent(
                        CHAMPION_VERSION, champion.map(ModelIdentity::version).map(ModelVersion::value))
                .withPresent(
                        CHAMPION_MANIFEST_HASH,
                        champion.map(ModelIdentity::manifestHash).map(Sha256::hex))
                .withPresent(CHAMPION_PROBLEM, problem(outcome))
                .withPresent(INCOMPARABLE, incomparable(outcome))
                .withPresent(
                        COMPARISON,
                        outcome.measuredChampion()
                                .map(Outcome.MeasuredChampion::comparison)
                                .map(ComparisonJson::write))
                .with(TestMetricsJson.AVERAGE_PRECISION, outcome.averagePrecision())
                .with("test_rows", outcome.testRows())
                .with(CUTOFF, outcome.dataCutoffDate().toString())
                .with(TrainedRowsJson.FIELD, TrainedRowsJson.write(outcome.labelledRows()))
                .withPresent(SEARCHED, Optional.ofNullable(outcome.searched()).map(OutcomeJson::searched))
                .json();
    }

    private static JsonObject searched(SearchedRecipe searched) {
        return new JsonObject()
                .with(TRIALS, searched.trials())
                .with(CHOSEN, searched.chosen())
                .with(TestMetricsJson.AVERAGE_PRECISION, searched.averagePrecision())
                .with(DEFAULT_RECIPE, searched.defaultAveragePrecision())
                .with(COST, cost(searched.cost()))
                .with(DEFAULT_COST, cost(searched.defaultCost()));
    }

    private static JsonObject cost(ModelCost cost) {
        return new JsonObject().with(STEPS, cost.steps()).with(EXPLANATION, cost.explanation());
    }

    private static ModelCost cost(JsonDocument json) {
        return new ModelCost(json.longInteger(STEPS), json.longInteger(EXPLANATION));
    }

    private static SearchedRecipe searched(JsonDocument json) {
        return new SearchedRecipe(
                json.integer(TRIALS),
                json.integer(CHOSEN),
                json.number(TestMetricsJson.AVERAGE_PRECISION),
                json.number(DEFAULT_RECIPE),
                cost(json.document(COST)),
                cost(json.document(DEFAULT_COST)));
    }

    /// Throws [IllegalArgumentException] that names the field which is missing or wrong.
    static TrainingResult read(byte[] json) {
        var document = JsonDocument.parse(json);
        if (document.has(ANSWER)) {
            return new NothingNew(
                    rows(document), document.date(CUTOFF), RowsAnswerJson.read(document.document(ANSWER)));
        }
        var challenger = ModelIdentityJson.read(document);
        return new Outcome(
                challenger.version(),
                document.value("run_id", RunId::new),
                challenger.manifestHash(),
                champion(document),
                document.number(TestMetricsJson.AVERAGE_PRECISION),
                document.integer("test_rows"),
                document.date(CUTOFF),
                rows(document),
                document.has(SEARCHED) ? searched(document.document(SEARCHED)) : null);
    }

    private static TrainedRows rows(JsonDocument document) {
        return TrainedRowsJson.read(document.document(TrainedRowsJson.FIELD));
    }

    private static Optional<String> problem(Outcome outcome) {
        return outcome.champion() instanceof Outcome.UnreadableChampion unreadable
                ? Optional.of(unreadable.problem())
                : Optional.empty();
    }

    private static Optional<String> incomparable(Outcome outcome) {
        return outcome.champion() instanceof Outcome.IncomparableChampion incomparable
                ? Optional.of(incomparable.problem())
                : Optional.empty();
    }

    private static Outcome.@Nullable Champion champion(JsonDocument document) {
        @Nullable
        ModelIdentity model = document.has(CHAMPION_VERSION)
                ? new ModelIdentity(
                        document.value(CHAMPION_VERSION, ModelVersion::new),
                        document.value(CHAMPION_MANIFEST_HASH, Sha256::new))
                : null;
        if (document.has(CHAMPION_PROBLEM)) {
            return new Outcome.UnreadableChampion(model, document.text(CHAMPION_PROBLEM));
        }
        if (model == null) {
            return null;
        }
        if (document.has(COMPARISON)) {
            return new Outcome.MeasuredChampion(model, ComparisonJson.read(document.document(COMPARISON)));
        }
        // A training of an earlier release compared by its average precision only.
        return new Outcome.IncomparableChampion(
                model,
                document.has(INCOMPARABLE)
                        ? document.text(INCOMPARABLE)
                        : "the training ran before comparisons had intervals: train again");
    }
}
