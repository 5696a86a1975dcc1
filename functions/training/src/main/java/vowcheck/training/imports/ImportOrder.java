package vowcheck.training.imports;

import java.time.LocalDate;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;

/// What to do with a file.
///
/// @param format of the file; without one, it is recognised
/// @param dryRun whether nothing of it shall remain
/// @param firstDay the date of the first rows of the auto-loan data, which have none
/// @param rowsADay how many rows of the auto-loan data get the same date
public record ImportOrder(Optional<FileFormat> format, boolean dryRun, Optional<LocalDate> firstDay, int rowsADay) {

    /// As the replaced installation dated its rows.
    public static final int ROWS_A_DAY = 179;

    private static final String FORMAT = "format";
    private static final String DRY_RUN = "dry_run";
    private static final String FIRST_DAY = "first_day";
    private static final String ROWS_A_DAY_FIELD = "rows_a_day";

    public ImportOrder {
        if (rowsADay < 1) {
            throw new IllegalArgumentException("%d rows a day, expected at least 1".formatted(rowsADay));
        }
    }

    /// As JSON.
    public JsonObject json() {
        return new JsonObject()
                .withPresent(FORMAT, format.map(FileFormat::word))
                .with(DRY_RUN, dryRun)
                .withPresent(FIRST_DAY, firstDay.map(LocalDate::toString))
                .with(ROWS_A_DAY_FIELD, rowsADay);
    }

    /// The order that [#json] has written.
    public static ImportOrder of(JsonDocument json) {
        return new ImportOrder(
                json.has(FORMAT) ? Optional.of(json.value(FORMAT, FileFormat::named)) : Optional.empty(),
                json.flag(DRY_RUN),
                json.has(FIRST_DAY) ? Optional.of(json.date(FIRST_DAY)) : Optional.empty(),
                json.integer(ROWS_A_DAY_FIELD));
    }
}
