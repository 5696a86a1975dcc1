package vowcheck.training.population;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;

/// Summary figures of the real population, as `population.json` holds them.
///
/// @param features the figures of each of the contract's features, in its order
/// @param correlations of the features' normal scores, ten rows of ten, in the same order
/// @param intercept of the label rule, in log-odds
record PopulationFigures(List<OfFeature> features, List<List<Double>> correlations, double intercept) {

    private static final String RESOURCE = "population.json";

    /// The figures that are part of the program.
    static PopulationFigures shipped() {
        try (var stream = PopulationFigures.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return of(JSON.std.mapFrom(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One feature's figures.
    OfFeature of(Feature feature) {
        return features.get(FeatureSchema.CONTRACT.position(feature));
    }

    private static PopulationFigures of(Map<String, Object> json) {
        var label = object(json, "label");
        var features = FeatureSchema.CONTRACT.fieldNames().stream()
                .map(name -> new OfFeature(
                        numbers(object(json, "quantiles").get(name)),
                        number(object(label, "z").get(name)),
                        number(object(label, "z_squared").get(name))))
                .toList();
        var correlations = list(json.get("normal_score_correlations")).stream()
                .map(PopulationFigures::numbers)
                .toList();
        return new PopulationFigures(features, correlations, number(label.get("intercept")));
    }

    private static Map<?, ?> object(Map<?, ?> json, String name) {
        if (json.get(name) instanceof Map<?, ?> object) {
            return object;
        }
        throw new IllegalStateException("%s lacks the object %s".formatted(RESOURCE, name));
    }

    private static List<?> list(@Nullable Object json) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw new IllegalStateException("%s has %s, expected an array".formatted(RESOURCE, json));
    }

    private static List<Double> numbers(@Nullable Object json) {
        return list(json).stream().map(PopulationFigures::number).toList();
    }

    private static Double number(@Nullable Object json) {
        if (json instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("%s has %s, expected a number".formatted(RESOURCE, json));
    }

    /// One feature's figures.
    ///
    /// @param quantiles at 0, 1, … 100 per cent
    /// @param weight of the normal score in the label rule
    /// @param squareWeight of the squared normal score in the label rule
    record OfFeature(List<Double> quantiles, double weight, double squareWeight) {}
}
