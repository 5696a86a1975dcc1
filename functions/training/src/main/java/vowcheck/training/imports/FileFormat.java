package vowcheck.training.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import vowcheck.core.imports.LabelledRow;

/// The formats of files with labelled rows.
public enum FileFormat {
    /// The raw auto-loan CSV, whose rows are prepared.
    LOANS("loans"),
    /// A CSV with the columns of `divorce_predictions`.
    CSV("csv"),
    /// A plain `pg_dump` with the table `divorce_predictions`.
    DUMP("dump");

    /// How much of a file is looked at to recognise its format.
    static final int BEGINNING = 8192;

    private static final Pattern SCRIPT =
            Pattern.compile("(?i)(--|/\\*|\\\\|(SET|COPY|INSERT|CREATE|BEGIN|SELECT|ALTER|DROP)\\s)");

    private static final List<String> BINARY_DUMP = List.of("PGDMP", "toc.dat");

    private final String word;

    FileFormat(String word) {
        this.word = word;
    }

    /// The format's name for people.
    public String word() {
        return word;
    }

    /// The format of that name. Throws [IllegalArgumentException] for any other name.
    public static FileFormat named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the format is '%s', expected loans, csv or dump".formatted(word)));
    }

    /// The format of a file that begins so; throws [ImportRefused] where it has none of them.
    static FileFormat of(String beginning) {
        if (BINARY_DUMP.stream().anyMatch(beginning::startsWith)) {
            throw new ImportRefused("the dump is not plain SQL: make one with pg_dump --format=plain");
        }
        var text = beginning.stripLeading();
        if (text.isEmpty()) {
            throw new ImportRefused("the file is empty");
        }
        if (SCRIPT.matcher(text).lookingAt()) {
            return DUMP;
        }
        var header = text.lines().findFirst().orElse("");
        return ofHeader(header)
                .orElseThrow(() -> new ImportRefused(
                        "line 1 is no header of a known file: expected the columns %s, %s and others between commas, or"
                                        .formatted(LabelledRow.INDEX_FIELD, LabelledRow.LABEL_FIELD)
                                + " those of the auto-loan data (%s, …, %s), or a plain pg_dump"
                                        .formatted(AutoLoanRows.ID, AutoLoanRows.DEFAULT)));
    }

    private static Optional<FileFormat> ofHeader(String header) {
        var names = Arrays.stream(header.split(",", -1))
                .map(name -> name.replace("\"", "").strip())
                .toList();
        if (names.contains(LabelledRow.LABEL_FIELD)) {
            return Optional.of(CSV);
        }
        return names.contains(AutoLoanRows.EDUCATION) && names.contains(AutoLoanRows.DEFAULT)
                ? Optional.of(LOANS)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return word;
    }
}
