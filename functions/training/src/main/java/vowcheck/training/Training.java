package vowcheck.training;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.ModelProto;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.Calibration;
import vowcheck.core.model.LogOdds;
import vowcheck.core.model.ModelFile;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.model.RowCount;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.SmokeExpectation;
import vowcheck.core.model.TestMetrics;
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.model.TrainingData;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.PlattFit;
import vowcheck.core.training.RankingMetrics;
import vowcheck.core.training.TimeSplit;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.training.search.RecipeSearch;
import vowcheck.training.trees.BinaryXGBoostTrainer;
import vowcheck.training.trees.TrainingParameters;

/// Fits, calibrates, measures and checks a model, and puts it into a bundle. The model that is measured and
/// published is the one that was written and read back, not the one in memory. The same input, parameters and
/// time give the same bundle, byte for byte.
public final class Training {

    private final TrainingParameters parameters;
    private final Application smokeApplication;
    private final int threads;
    private final InstantSource clock;

    /// @param smokeApplication the application whose expected probability every manifest states
    /// @param threads that XGBoost may use, at least 1; the result does not depend on it
    /// @param clock gives the time that Tribuo records in a model
    public Training(TrainingParameters parameters, Application smokeApplication, int threads, InstantSource clock) {
        this.parameters = parameters;
        this.smokeApplication = smokeApplication;
        this.threads = threads;
        this.clock = clock;
    }

    /// Searches for a better recipe than this training's own, on the training rows alone.
    RecipeSearch.Found search(TimeSplit split, SearchBudget budget, long seed) {
        return new RecipeSearch(threads, clock).search(split.training(), parameters, budget, seed);
    }

    /// The same training with another recipe.
    Training with(TrainingParameters recipe) {
        return new Training(recipe, smokeApplication, threads, clock);
    }

    /// What it trains with.
    TrainingParameters recipe() {
        return parameters;
    }

    /// Trains one model. Throws [NotCalibratable] when the model does not rank the rows, and [ParityFailure]
    /// when Java and Tribuo disagree about the model that was written.
    public ModelBundle train(TrainingInput input) {
        // A feature that no training row has yet cannot be learned; Tribuo leaves it out of the model, too.
        var schema = input.split().training().present();
        var split = input.split().only(schema);
        var training = rowCount(split.training());
        double positiveWeight = (double) (training.rows() - training.positives()) / training.positives();
        var settings = parameters.settings(positiveWeight, input.seed());
        byte[] file = fit(split.training(), input.dataOrigin(), settings);

        var written = TribuoModelFile.read(file, schema);
        var trees = written.trees();
        var parity = new ParityCheck(input.seed()).check(trees, readByTribuo(file), split.test());
        var calibration = PlattFit.fit(
                FittedRecipe.margins(trees, split.calibrating()),
                split.calibrating().labels());
        var manifest = new ModelManifest(
                input.version(),
                new ModelFile(Sha256.of(file), written.tribuoVersion(), written.xgboostVersion()),
                schema,
                new TrainingData(
                        input.dataOrigin(),
                        input.cutoff(),
                        split.fittedUntil(),
                        input.labelledRows(),
                        training,
                        rowCount(split.calibrating()),
                        rowCount(split.test()),
                        reference(schema, split.rows())),
                settings,
                calibration,
                metrics(trees, calibration, split.test()),
                parity,
                smoke(trees, calibration));
        return ModelBundle.of(manifest, file);
    }

    private SmokeExpectation smoke(BoostedTrees trees, Calibration calibration) {
        var values = smokeApplication.values(trees.schema());
        return new SmokeExpectation(
                Application.of(trees.schema(), values), LogOdds.probability(calibration.apply(trees.margin(values))));
    }

    /// Fits trees to all rows, and nothing else: the bytes of a model file. The same rows, settings and time
    /// give the same bytes.
    ///
    /// @param origin where the rows come from, in words; Tribuo records it in the file
    /// @param settings such as [TrainingParameters#settings] or the manifest of another model gives
    byte[] fit(LabelledRows rows, String origin, TrainerSettings settings) {
        return new BinaryXGBoostTrainer(settings, threads, clock)
                .train(rows, origin)
                .serialize()
                .toByteArray();
    }

    private static Model<Label> readByTribuo(byte[] file) {
        try {
            return Model.deserialize(ModelProto.parseFrom(file)).castModel(Label.class);
        } catch (InvalidProtocolBufferException e) {
            throw new ParityFailure("Tribuo cannot read the model that it wrote: " + e.getMessage());
        }
    }

    private static TestMetrics metrics(BoostedTrees trees, Calibration calibration, LabelledRows test) {
        return RankingMetrics.of(new FittedRecipe(trees, calibration).probabilities(test), test.labels());
    }

    /// Over all rows before the cutoff, including the test's: the newest rows resemble incoming applications
    /// most.
    private static SequencedMap<Feature, ReferenceDistribution> reference(FeatureSchema schema, LabelledRows known) {
        var reference = new LinkedHashMap<Feature, ReferenceDistribution>();
        schema.features().forEach(feature -> reference.put(feature, ReferenceDistribution.of(known.column(feature))));
        return reference;
    }

    private static RowCount rowCount(LabelledRows rows) {
        return new RowCount(rows.size(), rows.positives());
    }
}
