package vowcheck.bench;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// What the bench measures, in the order of its table. A constant's name in lower case is the figure's name in the JSON
/// file. Targets are ratios within one run, or sizes: times differ by a factor of five between machines.
enum Measure {
    PREDICTIONS_PER_SECOND("predictions, one after another", "1/s"),
    PREDICTION_P50("prediction, 50 %", "ms"),
    PREDICTION_P90("prediction, 90 %", "ms"),
    PREDICTION_P99("prediction, 99 %", "ms"),
    PREDICTION_TAIL("  99 % to 50 %", "×", Limit.AT_MOST, 4),
    PREDICTION_CPU("  processor time of the function", "ms"),
    PREDICTION_SERVER_CPU("  processor time of PostgreSQL", "ms"),
    COMMIT("commit alone, 50 %", "ms"),
    STORE_1("storing alone, 1 row, 50 %", "ms"),
    STORE_TO_COMMIT("  storing to commit", "×", Limit.AT_MOST, 2),
    PREDICTION_TO_STORING("  prediction to storing", "×", Limit.AT_MOST, 1.5),
    OWN_1("  the function's own share", "ms"),
    EXPLAINED_PREDICTION("explained to plain, 50 %", "×", Limit.AT_MOST, 1.5),
    RESIDENT_AFTER_PREDICTIONS("resident after predictions", "MiB", Limit.AT_MOST, 180),
    BYTES_1("bytes a row, single predictions", "B"),
    BATCH_1001_P50("batch of 1001, 50 %", "ms"),
    BATCH_1001_P90("batch of 1001, 90 %", "ms"),
    BATCH_1001_P99("batch of 1001, 99 %", "ms"),
    BATCH_1001_CPU("  processor time of the function", "ms"),
    BATCH_1001_SERVER_CPU("  processor time of PostgreSQL", "ms"),
    STORE_1001("storing alone, 1001 rows, 50 %", "ms"),
    BATCH_1001_TO_STORING("  batch to storing", "×", Limit.AT_MOST, 2),
    OWN_1001("  the function's own share", "ms"),
    BATCH_10000_P50("batch of 10,000, 50 %", "ms"),
    BATCH_10000_P90("batch of 10,000, 90 %", "ms"),
    BATCH_10000_P99("batch of 10,000, 99 %", "ms"),
    BATCH_10000_CPU("  processor time of the function", "ms"),
    BATCH_10000_SERVER_CPU("  processor time of PostgreSQL", "ms"),
    STORE_10000("storing alone, 10,000 rows, 50 %", "ms"),
    BATCH_10000_TO_STORING("  batch to storing", "×", Limit.AT_MOST, 2),
    OWN_10000("  the function's own share", "ms"),
    BYTES_10000("bytes a row, batches of 10,000", "B", Limit.AT_MOST, 180),
    RESIDENT_AFTER_TEN_BATCHES("resident after ten batches of 10,000", "MiB", Limit.AT_MOST, 400),
    RESIDENT_AFTER_BATCHES("resident after batches", "MiB", Limit.AT_MOST, 400),
    DRIFT_COUNT("drift count, a million rows", "ms"),
    EIGHT_PER_SECOND("eight environments, predictions", "1/s"),
    EIGHT_TO_ONE("  eight to one", "×", Limit.AT_LEAST, 2.5),
    EIGHT_COMMITS_TO_ONE("  eight to one, commit alone", "×"),
    EIGHT_P50("eight environments, 50 %", "ms"),
    EIGHT_P90("eight environments, 90 %", "ms"),
    EIGHT_P99("eight environments, 99 %", "ms"),
    EIGHT_CPU("  processor time of a function", "ms"),
    EIGHT_SERVER_CPU("  processor time of PostgreSQL", "ms"),
    EIGHT_PROCESSORS("  processors in use", ""),
    COLD_START("cold start, plain", "ms"),
    COLD_START_APPCDS("cold start, AppCDS archive", "ms"),
    APPCDS_TO_PLAIN("  AppCDS archive to plain", "×", Limit.AT_MOST, 0.75),
    COLD_START_AOT("cold start, AOT cache", "ms"),
    AOT_TO_PLAIN("  AOT cache to plain", "×", Limit.AT_MOST, 0.6),
    SCORE("score of one row", "µs"),
    EXPLAIN("explanation of one row", "µs"),
    EXPLAIN_TO_SCORE("  explanation to score", "×", Limit.AT_MOST, 75),
    PARSE_ONE("parse of one application", "µs"),
    SCORE_TO_PARSE("  score to parse", "×", Limit.AT_MOST, 0.5),
    PARSE_1001("parse of 1001 applications", "µs"),
    BARE_ROWS_200K("XGBoost alone, 200,000 rows", "s"),
    BARE_CPU_ROWS_200K("  processor time", "s"),
    BARE_PEAK_ROWS_200K("  peak memory", "MiB"),
    TRAINER_ROWS_200K("trainer, 200,000 rows", "s"),
    TRAINER_CPU_ROWS_200K("  processor time", "s"),
    TRAINER_PEAK_ROWS_200K("  peak memory", "MiB"),
    TRAINER_TO_BARE_ROWS_200K("  trainer to XGBoost alone", "×", Limit.AT_MOST, 1.15),
    TASK_ROWS_200K("whole task, 200,000 rows", "s"),
    TASK_CPU_ROWS_200K("  processor time", "s"),
    TASK_PEAK_ROWS_200K("  peak memory", "MiB", Limit.AT_MOST, 500),
    TASK_TO_BARE_ROWS_200K("  task to XGBoost alone", "×", Limit.AT_MOST, 5),
    HEAP_A_ROW_ROWS_200K("  heap a row", "B"),
    BARE_ROWS_2M("XGBoost alone, 2,000,000 rows", "s"),
    BARE_CPU_ROWS_2M("  processor time", "s"),
    BARE_PEAK_ROWS_2M("  peak memory", "MiB"),
    TRAINER_ROWS_2M("trainer, 2,000,000 rows", "s"),
    TRAINER_CPU_ROWS_2M("  processor time", "s"),
    TRAINER_PEAK_ROWS_2M("  peak memory", "MiB"),
    TRAINER_TO_BARE_ROWS_2M("  trainer to XGBoost alone", "×", Limit.AT_MOST, 1.15),
    TASK_ROWS_2M("whole task, 2,000,000 rows", "s"),
    TASK_CPU_ROWS_2M("  processor time", "s"),
    TASK_PEAK_ROWS_2M("  peak memory", "MiB"),
    TASK_TO_BARE_ROWS_2M("  task to XGBoost alone", "×", Limit.AT_MOST, 5),
    HEAP_A_ROW_ROWS_2M("  heap a row", "B", Limit.AT_MOST, 120),
    BARE_ROWS_10M("XGBoost alone, 10,000,000 rows", "s"),
    BARE_CPU_ROWS_10M("  processor time", "s"),
    BARE_PEAK_ROWS_10M("  peak memory", "MiB"),
    TRAINER_ROWS_10M("trainer, 10,000,000 rows", "s"),
    TRAINER_CPU_ROWS_10M("  processor time", "s"),
    TRAINER_PEAK_ROWS_10M("  peak memory", "MiB"),
    TRAINER_TO_BARE_ROWS_10M("  trainer to XGBoost alone", "×", Limit.AT_MOST, 1.15),
    TASK_ROWS_10M("whole task, 10,000,000 rows", "s"),
    TASK_CPU_ROWS_10M("  processor time", "s"),
    TASK_PEAK_ROWS_10M("  peak memory", "MiB"),
    TASK_TO_BARE_ROWS_10M("  task to XGBoost alone", "×", Limit.AT_MOST, 5),
    HEAP_A_ROW_ROWS_10M("  heap a row", "B", Limit.AT_MOST, 120),
    MEMORY_A_ROW("memory of the task, a row more", "B");

    private final String title;
    private final String unit;
    private final Limit limit;
    private final double target;

    Measure(String title, String unit) {
        this(title, unit, Limit.NONE, Double.NaN);
    }

    Measure(String title, String unit, Limit limit, double target) {
        this.title = title;
        this.unit = unit;
        this.limit = limit;
        this.target = target;
    }

    /// The figures and those that follow from them: what was measured in one run is compared here, also of a run whose
    /// bench did not compare it.
    static Map<Measure, Double> completed(Map<Measure, Double> measured) {
        var all = new EnumMap<Measure, Double>(Measure.class);
        all.putAll(measured);
        ratio(all, PREDICTION_TAIL, PREDICTION_P99, PREDICTION_P50);
        ratio(all, STORE_TO_COMMIT, STORE_1, COMMIT);
        ratio(all, PREDICTION_TO_STORING, PREDICTION_P50, STORE_1);
        ratio(all, BATCH_1001_TO_STORING, BATCH_1001_P50, STORE_1001);
        ratio(all, BATCH_10000_TO_STORING, BATCH_10000_P50, STORE_10000);
        ratio(all, APPCDS_TO_PLAIN, COLD_START_APPCDS, COLD_START);
        ratio(all, AOT_TO_PLAIN, COLD_START_AOT, COLD_START);
        ratio(all, EXPLAIN_TO_SCORE, EXPLAIN, SCORE);
        ratio(all, SCORE_TO_PARSE, SCORE, PARSE_ONE);
        for (var rows : TrainingRows.values()) {
            ratio(all, rows.figure("TRAINER_TO_BARE"), rows.figure("TRAINER"), rows.figure("BARE"));
            ratio(all, rows.figure("TASK_TO_BARE"), rows.figure("TASK"), rows.figure("BARE"));
        }
        difference(all, OWN_1, PREDICTION_P50, STORE_1);
        difference(all, OWN_1001, BATCH_1001_P50, STORE_1001);
        difference(all, OWN_10000, BATCH_10000_P50, STORE_10000);
        return all;
    }

    private static void ratio(Map<Measure, Double> all, Measure ratio, Measure of, Measure to) {
        if (all.containsKey(of) && all.containsKey(to)) {
            all.put(ratio, all.get(of) / all.get(to));
        }
    }

    private static void difference(Map<Measure, Double> all, Measure difference, Measure of, Measure less) {
        if (all.containsKey(of) && all.containsKey(less)) {
            all.put(difference, all.get(of) - all.get(less));
        }
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

    /// The target as text; empty where there is none.
    String targetInWords() {
        return switch (limit) {
            case NONE -> "";
            case AT_LEAST -> "≥ " + Figures.inWords(target);
            case AT_MOST -> "≤ " + Figures.inWords(target);
        };
    }

    /// Whether a figure misses the target.
    boolean isMissedBy(double figure) {
        return switch (limit) {
            case NONE -> false;
            case AT_LEAST -> figure < target;
            case AT_MOST -> figure > target;
        };
    }

    private enum Limit {
        NONE,
        AT_LEAST,
        AT_MOST
    }
}
