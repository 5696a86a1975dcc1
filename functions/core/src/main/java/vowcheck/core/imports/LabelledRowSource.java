package vowcheck.core.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a labelled row comes from; the column `source` of `divorce_predictions`.
public enum LabelledRowSource {
    /// The table of an existing installation.
    DUMP,
    /// A file of raw data.
    IMPORT,
    /// What became of a scored application.
    OUTCOME,
    /// Generated.
    SYNTHETIC;

    /// The name in SQL.
    public static final String FIELD_NAME = "source";

    /// The source's name in SQL and in files.
    public String fieldValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The source of that name; empty for any other name.
    public static Optional<LabelledRowSource> named(String fieldValue) {
        return Arrays.stream(values())
                .filter(source -> source.fieldValue().equals(fieldValue))
                .findFirst();
    }
}
