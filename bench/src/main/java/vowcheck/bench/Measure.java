package vowcheck.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/// What the bench measures, in the order of its table. A constant's name in lower case is the figure's name in the JSON
/// file.
enum Measure {
    PREDICTIONS_PER_SECOND("predictions, one after another", "1/s", Better.MORE, 5000),
    PREDICTION_P50("prediction, 50 %", "ms", Better.LESS, 0.2),
    PREDICTION_P90("prediction, 90 %", "ms", Better.LESS),
    PREDICTION_P99("prediction, 99 %", "ms", Better.LESS, 0.6),
    PREDICTION_CPU("processor time of a prediction", "ms", Better.LESS, 0.25),
    EXPLAINED_PREDICTION("explained to plain, 50 %", "×", Better.LESS, 1.5),
    RESIDENT_AFTER_PREDICTIONS("resident after predictions", "MiB", Better.LESS, 180),
    BATCH_1001_P50("batch of 1001, 50 %", "ms", Better.LESS, 12),
    BATCH_1001_P90("batch of 1001, 90 %", "ms", Better.LESS),
    BATCH_1001_P99("batch of 1001, 99 %", "ms", Better.LESS),
    BATCH_10000_P50("batch of 10,000, 50 %", "ms", Better.LESS, 110),
    BATCH_10000_P90("batch of 10,000, 90 %", "ms", Better.LESS),
    BATCH_10000_P99("batch of 10,000, 99 %", "ms", Better.LESS),
    RESIDENT_AFTER_BATCHES("resident after batches", "MiB", Better.LESS),
    STORE_1("storing alone, 1 row, 50 %", "ms", Better.LESS),
    STORE_1001("storing alone, 1001 rows, 50 %", "ms", Better.LESS),
    STORE_10000("storing alone, 10,000 rows, 50 %", "ms", Better.LESS),
    COLD_START("cold start, plain", "ms", Better.LESS),
    COLD_START_APPCDS("cold start, AppCDS archive", "ms", Better.LESS, 350),
    COLD_START_AOT("cold start, AOT cache", "ms", Better.LESS, 350),
    SCORE("score of one row", "µs", Better.LESS, 1),
    EXPLAIN("explanation of one row", "µs", Better.LESS, 60),
    PARSE_ONE("parse of one application", "µs", Better.LESS),
    PARSE_1001("parse of 1001 applications", "µs", Better.LESS);

    private final String title;
    private final String unit;
    private final Better better;
    private final OptionalDouble target;

    Measure(String title, String unit, Better better, double target) {
        this(title, unit, better, OptionalDouble.of(target));
    }

    Measure(String title, String unit, Better better) {
        this(title, unit, better, OptionalDouble.empty());
    }

    Measure(String title, String unit, Better better, OptionalDouble target) {
        this.title = title;
        this.unit = unit;
        this.better = better;
        this.target = target;
    }

    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    /// The target for one environment on two cores, as text; empty where there is none.
    String targetInWords() {
        return target.isEmpty() ? "" : (better == Better.MORE ? "≥ " : "≤ ") + Figures.inWords(target.getAsDouble());
    }

    /// Whether a figure misses the target.
    boolean isMissedBy(double figure) {
        return target.isPresent() && isWorse(figure, target.getAsDouble());
    }

    private boolean isWorse(double figure, double than) {
        return better == Better.MORE ? figure < than : figure > than;
    }

    private enum Better {
        MORE,
        LESS
    }
}
