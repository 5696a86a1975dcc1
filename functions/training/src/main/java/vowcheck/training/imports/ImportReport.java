package vowcheck.training.imports;

import java.util.List;
import java.util.Locale;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;

/// What became of a file. It contains no value of a row.
///
/// @param message in one sentence
/// @param counts what was counted, in the order of the work
/// @param faults the first faults of rows, with their places
public record ImportReport(Outcome outcome, String message, List<Count> counts, List<String> faults) {

    private static final String OUTCOME = "outcome";
    private static final String MESSAGE = "message";
    private static final String COUNTS = "counts";
    private static final String WHAT = "what";
    private static final String NUMBER = "number";
    private static final String FAULTS = "faults";

    /// How an import ended.
    public enum Outcome {
        /// All rows are in the table.
        LOADED,
        /// All rows could have been loaded; none was, as ordered.
        DRY_RUN,
        /// The file does not fit; nothing was loaded.
        REFUSED,
        /// Something else is in the way; nothing was loaded.
        FAILED;

        private String fieldValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Something that was counted.
    public record Count(String what, long number) {}

    public ImportReport {
        counts = List.copyOf(counts);
        faults = List.copyOf(faults);
    }

    /// A report of a file that cannot be read as one of rows.
    static ImportReport refused(String message) {
        return new ImportReport(Outcome.REFUSED, message, List.of(), List.of());
    }

    /// A report of a failure.
    static ImportReport failed(String message) {
        return new ImportReport(Outcome.FAILED, message, List.of(), List.of());
    }

    /// Whether the order was carried out.
    public boolean isSuccess() {
        return outcome == Outcome.LOADED || outcome == Outcome.DRY_RUN;
    }

    /// As JSON.
    public JsonObject json() {
        return new JsonObject()
                .with(OUTCOME, outcome.fieldValue())
                .with(MESSAGE, message)
                .with(
                        COUNTS,
                        counts.stream()
                                .map(count -> new JsonObject()
                                        .with(WHAT, count.what())
                                        .with(NUMBER, count.number()))
                                .toList())
                .with(FAULTS, faults);
    }

    /// The report that [#json] has written.
    public static ImportReport of(JsonDocument json) {
        return new ImportReport(
                json.value(OUTCOME, name -> Outcome.valueOf(name.toUpperCase(Locale.ROOT))),
                json.text(MESSAGE),
                json.documents(COUNTS).stream()
                        .map(count -> new Count(count.text(WHAT), count.longInteger(NUMBER)))
                        .toList(),
                json.texts(FAULTS));
    }
}
