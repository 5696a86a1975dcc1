package vowcheck.training;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.TrainedRows;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.ExperimentTracking;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.LabelledRowsTable;
import vowcheck.core.training.NothingNew;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RangeCheck;
import vowcheck.core.training.RowCheck;
import vowcheck.core.training.RunId;
import vowcheck.core.training.RunStart;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.training.TimeSplit;
import vowcheck.core.training.TrainingResult;
import vowcheck.core.workflow.AnsweredRows;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.Outcomes;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.training.evaluation.RunEvaluation;
import vowcheck.training.python.PythonModel;
import vowcheck.training.search.RecipeSearch;

/// The training task's use case: trains a challenger, measures it against the champion on the same raw rows,
/// records and registers it, and publishes its bundle. The outcome is written last, and nothing here touches
/// what is in production. A run that is killed at any point leaves only objects that nothing refers to. A
/// report for people that cannot be made is missing on the run, which then says so.
public final class TrainingRun {

    private static final Logger LOG = System.getLogger(TrainingRun.class.getName());

    /// The same for every training, so that equal rows give equal trees.
    private static final long SEED = 42;

    /// Stands for the version until the registry has given one; never published.
    private static final ModelVersion UNREGISTERED = new ModelVersion("unregistered");

    private final LabelledRowsTable table;
    private final RowCheck check;
    private final RangeCheck range;
    private final RowsReport report;
    private final Training training;
    private final WritableModelStore models;
    private final ExperimentTracking tracking;
    private final Outcomes outcomes;
    private final AnsweredRows answered;
    private final CodeVersion code;
    private final InstantSource clock;

    public TrainingRun(
            LabelledRowsTable table,
            RowCheck check,
            RangeCheck range,
            RowsReport report,
            Training training,
            WritableModelStore models,
            ExperimentTracking tracking,
            Outcomes outcomes,
            AnsweredRows answered,
            CodeVersion code,
            InstantSource clock) {
        this.table = table;
        this.check = check;
        this.range = range;
        this.report = report;
        this.training = training;
        this.models = models;
        this.tracking = tracking;
        this.outcomes = outcomes;
        this.answered = answered;
        this.code = code;
        this.clock = clock;
    }

    /// Trains on the rows before the request's cutoff and stores the result for the execution. A request because
    /// of drift trains nothing if an earlier training answered the same rows beside the model that serves, or if
    /// its model waits for a person's approval. Throws [RefusedRows] before anything is trained, and what
    /// [Training] and the ports throw.
    public TrainingResult run(TrainingRequest request, Execution execution) {
        var begun = clock.instant();
        var cutoff = request.cutoff();
        tracking.prepare();
        var accepted = check.accepted(table.before(cutoff), cutoff);
        LOG.log(Level.INFO, "{0} rows before {1}", accepted.rows().size(), cutoff);
        if (accepted.report().faultyRows() > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} more were left out: {1}",
                    accepted.report().faultyRows(),
                    accepted.report().inWords());
        }
        var split = TimeSplit.of(accepted.rows());
        var serving = switch (request.opponent()) {
            case PRODUCTION -> ServingChampion.in(models);
            case NONE -> new ServingChampion.None();
        };
        var reports = new RunReports(tracking);
        var quality = reports.make("the report on the rows", () -> report.of(accepted.rows(), serving, execution));
        quality.ifPresent(it -> reports.store("the report of ./vowcheck data", () -> report.keep(it)));
        switch (serving) {
            case ServingChampion.None _ -> {}
            case ServingChampion.Opened(var model) -> range.requireInRange(accepted.rows(), model.manifest());
            case ServingChampion.Unreadable(var model, var problem) ->
                LOG.log(
                        Level.WARNING,
                        "the champion, version {0}, counts as none: {1}",
                        model == null ? "unknown" : model.version(),
                        problem);
        }
        var identity = accepted.identity();
        if (request.isBecauseOfDrift() && serving instanceof ServingChampion.Opened(var champion)) {
            var answer = answered.answer(identity.digest()).filter(it -> it.holdsBeside(champion.identity()));
            if (answer.isPresent()) {
                var nothing = new NothingNew(identity, cutoff, answer.get());
                outcomes.keep(execution, nothing);
                LOG.log(
                        Level.INFO,
                        "nothing is trained: {0}",
                        nothing.decision().reasons().getFirst());
                return nothing;
            }
        }
        var found = search(split, request.search());
        var recipe = found.map(it -> training.with(it.recipe())).orElse(training);
        var trained = recipe.train(new TrainingInput(split, identity, table.origin(), cutoff, UNREGISTERED, SEED));
        var comparison = new ChampionComparison(recipe, split, trained, SEED);
        var bundle = comparison.measuredChallenger();
        var searched = found.map(it -> comparison.besideDefault(it, training.recipe()));
        var compared = comparison.with(serving);
        var start = new RunStart(cutoff, execution.name(), request.reason(), request.author(), begun);
        var replay = request.replay().map(it -> tracking.replay(it.name(), start));
        var run = tracking.start(start, replay);
        try {
            quality.ifPresent(it ->
                    reports.store(RowsReport.FILE, () -> tracking.attach(run, RowsReport.FILE, RowsReport.file(it))));
            found.ifPresent(
                    it -> reports.store("the trials of the search", () -> tracking.trials(run, start, it.trials())));
            searched.ifPresent(it -> reports.store("the search's result", () -> tracking.searched(run, it)));
            var outcome = published(bundle, split.test(), identity, compared, searched, run, reports);
            reports.finish(run);
            endAsFinished(run);
            replay.ifPresent(this::endAsFinished); // so far: the next training moves its end
            outcomes.keep(execution, outcome);
            LOG.log(
                    Level.INFO,
                    "version {0} is trained, average precision {1}",
                    outcome.modelVersion(),
                    outcome.averagePrecision());
            return outcome;
        } catch (RegistryUnavailable | RegistryRefused | ModelStoreUnavailable | UnusableModel e) {
            endAsFailed(run);
            replay.ifPresent(this::endAsFailed);
            throw e;
        }
    }

    private Optional<RecipeSearch.Found> search(TimeSplit split, SearchBudget budget) {
        return budget instanceof SearchBudget.None
                ? Optional.empty()
                : Optional.of(training.search(split, budget, SEED));
    }

    private Outcome published(
            ModelBundle trained,
            LabelledRows test,
            TrainedRows rows,
            Optional<Outcome.Champion> champion,
            Optional<SearchedRecipe> searched,
            RunId run,
            RunReports reports) {
        var manifest = trained.manifest();
        tracking.record(run, manifest, champion, code);
        reports.store("the dataset", () -> tracking.input(run, manifest));
        reports.make("model card and diagrams", () -> RunEvaluation.of(trained, test, champion))
                .ifPresent(evaluation -> {
                    reports.store("the run's description", () -> tracking.describe(run, evaluation.card()));
                    reports.store("model card and diagrams", () -> tracking.attach(run, evaluation.files()));
                });
        var version = tracking.register(run);
        var bundle = ModelBundle.of(manifest.as(version), trained.modelBytes());
        var hash = Sha256.of(bundle.manifestBytes());
        tracking.attach(run, modelFolder(bundle, run));
        tracking.nominate(version, hash, manifest.data().cutoff());
        models.publish(version, bundle.manifestBytes(), bundle.modelBytes());
        return new Outcome(
                version,
                run,
                hash,
                champion.orElse(null),
                manifest.metrics().averagePrecision(),
                manifest.data().test().rows(),
                manifest.data().cutoff(),
                rows,
                searched.orElse(null));
    }

    /// A run that was deleted meanwhile is no reason to lose the model.
    private void endAsFinished(RunId run) {
        try {
            tracking.end(run, true);
        } catch (RegistryRefused e) {
            LOG.log(Level.WARNING, "the run was not ended: {0}", e.getMessage());
        }
    }

    private void endAsFailed(RunId run) {
        try {
            tracking.end(run, false);
        } catch (RegistryUnavailable | RegistryRefused e) {
            LOG.log(Level.WARNING, "the run was not ended: {0}", e.getMessage());
        }
    }

    private SequencedMap<String, byte[]> modelFolder(ModelBundle bundle, RunId run) {
        var files = new LinkedHashMap<>(PythonModel.files(bundle, run, code, clock.instant()));
        files.put(ModelBundle.MODEL_FILE, bundle.modelBytes());
        files.put(ModelBundle.MANIFEST_FILE, bundle.manifestBytes());
        var inFolder = new LinkedHashMap<String, byte[]>();
        files.forEach((path, content) -> inFolder.put(ExperimentTracking.MODEL_FOLDER + "/" + path, content));
        return inFolder;
    }
}
