package vowcheck.training.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.core.training.FittedRecipe;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.Outcome;

/// What a run shows people about its model.
///
/// @param card the model card, in Markdown
/// @param files contents by paths within the run; the card is among them
public record RunEvaluation(String card, SequencedMap<String, byte[]> files) {

    /// Evaluates a model on its test rows.
    ///
    /// @param test rows of both labels
    /// @param champion the model that it was compared with; empty where none was in production
    public static RunEvaluation of(ModelBundle bundle, LabelledRows test, Optional<Outcome.Champion> champion) {
        var manifest = bundle.manifest();
        var rows = new RankedRows(FittedRecipe.of(bundle.scoringModel()).probabilities(test), test.labels());
        var curve = PrecisionRecallCurve.of(rows);
        var reliability = ReliabilityDiagram.of(rows);
        var influences = FeatureInfluence.of(bundle, test, manifest.settings().seed());
        var card = ModelCard.of(manifest, champion, influences);
        var files = new LinkedHashMap<String, byte[]>();
        files.put("model_card.md", utf8(card));
        files.put("feature_importance.json", FeatureInfluence.json(influences).utf8());
        files.put("precision_recall_curve.svg", utf8(curve.svg()));
        files.put("precision_recall_curve.json", curve.json().utf8());
        files.put("reliability_diagram.svg", utf8(reliability.svg()));
        files.put("reliability_diagram.json", reliability.json().utf8());
        return new RunEvaluation(card, files);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
