package vowcheck.training.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads CSV: commas between the values, quotes as in RFC 4180, the columns' names in the first line. An empty value
/// is a missing one.
final class CsvFile {

    /// A longer record is one whose quote is not closed.
    private static final int MOST_CHARACTERS = 1 << 20;

    private CsvFile() {}

    /// Reads all records; throws [ImportRefused] where the rest of the file cannot be told apart.
    static void read(Reader text, RowSink sink) throws IOException {
        long line = 0;
        try (var csv = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(MOST_CHARACTERS)
                .ofCsvRecord(text)) {
            for (var row : csv) {
                boolean first = line == 0;
                line = row.getStartingLineNumber();
                if (first) {
                    sink.columns(
                            line, row.getFields().stream().map(String::strip).toList());
                } else {
                    sink.row(line, values(row));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw new ImportRefused(
                    "after line %d: a quote is not closed, or is followed by other characters than a comma"
                            .formatted(line));
        }
        if (line == 0) {
            throw new ImportRefused("the file is empty");
        }
    }

    private static List<@Nullable String> values(CsvRecord row) {
        var values = new ArrayList<@Nullable String>(row.getFieldCount());
        for (int field = 0; field < row.getFieldCount(); field++) {
            var value = row.getField(field).strip();
            values.add(value.isEmpty() ? null : value);
        }
        return values;
    }
}
