package vowcheck.training;

import java.util.TreeMap;
import java.util.regex.Pattern;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.TrainerSettings;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.People;
import vowcheck.core.training.PlattFit;

/// Fits recipes once more on rows without the people of the test rows. Most people apply again with their former
/// label, so on test rows that repeat rows that fitted it, a model looks better the more it memorises.
final class NewPeopleFit {

    private static final String POSITIVE_WEIGHT = "scale_pos_weight";
    private static final Pattern TIME_AND_PLACE = Pattern.compile("\\[[0-9:]+\\] \\S+:[0-9]+: ");

    private final Training training;
    private final People tested;
    private final String origin;

    /// @param test the rows that what is fitted will be measured on
    /// @param origin where the rows come from, in words
    NewPeopleFit(Training training, LabelledRows test, String origin) {
        this.training = training;
        this.tested = People.of(test);
        this.origin = origin;
    }

    /// Fits trees and calibration. Throws [InsufficientRows] where too few rows are left, [RecipeRefused], and
    /// [NotCalibratable] where the trees do not rank them.
    ///
    /// @param model whose features and settings are the recipe; only the weight of a positive row is computed anew
    FittedRecipe fit(LabelledRows trainingRows, LabelledRows calibratingRows, ModelManifest model) {
        return fit(trainingRows, calibratingRows, model.schema(), model.settings());
    }

    /// The same of a recipe that no model has.
    FittedRecipe fit(
            LabelledRows trainingRows, LabelledRows calibratingRows, FeatureSchema features, TrainerSettings recipe) {
        var fitted = tested.removedFrom(trainingRows).only(features);
        int positives = fitted.positives();
        if (positives == 0 || positives == fitted.size()) {
            throw new InsufficientRows(
                    "%d rows of other people than those of the test rows, %d of them divorced, expected"
                                    .formatted(fitted.size(), positives)
                            + " some of both labels");
        }
        var schema = fitted.present();
        var parameters = new TreeMap<>(recipe.parameters());
        parameters.computeIfPresent(
                POSITIVE_WEIGHT, (_, _) -> Double.toString((double) (fitted.size() - positives) / positives));
        byte[] file = file(fitted.only(schema), new TrainerSettings(parameters, recipe.seed()));
        var trees = TribuoModelFile.read(file, schema).trees();
        var calibrating = tested.removedFrom(calibratingRows);
        return new FittedRecipe(trees, PlattFit.fit(FittedRecipe.margins(trees, calibrating), calibrating.labels()));
    }

    private byte[] file(LabelledRows rows, TrainerSettings settings) {
        try {
            return training.fit(rows, origin, settings);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // XGBoost's own message begins with its time, and goes on with addresses and places in its sources.
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new RecipeRefused(
                    TIME_AND_PLACE.matcher(reason).replaceAll("").strip(), e);
        }
    }
}
