package vowcheck.training.imports;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.LabelledRow;
import vowcheck.core.imports.LabelledRowSource;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.training.RowCheck;

/// Makes labelled rows of the values of the columns of `divorce_predictions`, and notes what does not fit. Columns
/// that it does not know are left out. Not thread-safe.
final class TableRows implements RowSink {

    /// Digits, and what may stand between them: Java reads more as a number than PostgreSQL writes.
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?");

    private static final Pattern NOT_FINITE = Pattern.compile("(?i)nan|[+-]?inf(?:inity)?");

    /// A day, or a time at its midnight, as a column of timestamps has it.
    private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:[ T]00:00:00(?:\\.0+)?)?");

    private static final Set<String> YES = Set.of("1", "1.0", "t", "true");
    private static final Set<String> NO = Set.of("0", "0.0", "f", "false");

    private final FeatureSchema schema;
    private final LabelledRowSource source;
    private final LocalDate today;
    private final ImportFaults faults;
    private final ObjLongConsumer<LabelledRow> rows;
    private final Set<String> unused = new LinkedHashSet<>();
    private Map<String, Integer> places = Map.of();
    private int columns;
    private long read;

    /// @param source of rows that do not say it themselves
    /// @param today the last day that a row may have
    /// @param rows takes each row without a fault, with its line
    TableRows(
            FeatureSchema schema,
            LabelledRowSource source,
            LocalDate today,
            ImportFaults faults,
            ObjLongConsumer<LabelledRow> rows) {
        this.schema = schema;
        this.source = source;
        this.today = today;
        this.faults = faults;
        this.rows = rows;
    }

    @Override
    public void columns(long line, List<String> names) {
        var found = new HashMap<String, Integer>();
        for (int place = 0; place < names.size(); place++) {
            var name = names.get(place);
            if (found.put(name, place) != null) {
                throw new ImportRefused("line %d: the column %s stands twice".formatted(line, name));
            }
        }
        var missing = required().filter(name -> !found.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new ImportRefused("line %d: columns are missing: %s".formatted(line, String.join(", ", missing)));
        }
        var known = Stream.concat(
                        schema.fieldNames().stream(),
                        Stream.of(
                                LabelledRow.INDEX_FIELD,
                                LabelledRow.LABEL_FIELD,
                                RowCheck.DATE_FIELD,
                                LoanId.FIELD_NAME,
                                LabelledRowSource.FIELD_NAME))
                .toList();
        names.stream().filter(name -> !known.contains(name)).forEach(unused::add);
        places = found;
        columns = names.size();
    }

    private Stream<String> required() {
        return Stream.concat(
                Stream.of(LabelledRow.INDEX_FIELD),
                Stream.concat(
                        schema.features().stream()
                                .filter(feature -> !feature.mayBeMissing())
                                .map(Feature::fieldName),
                        Stream.of(LabelledRow.LABEL_FIELD, RowCheck.DATE_FIELD)));
    }

    @Override
    public void row(long line, List<@Nullable String> values) {
        read++;
        if (values.size() != columns) {
            faults.note(line, "has %d values, expected %d".formatted(values.size(), columns));
            return;
        }
        long before = faults.count();
        long index = index(line, value(values, LabelledRow.INDEX_FIELD));
        var features = new float[schema.size()];
        for (int place = 0; place < features.length; place++) {
            var feature = schema.features().get(place);
            features[place] = feature(line, feature, value(values, feature.fieldName()));
        }
        boolean divorced = label(line, value(values, LabelledRow.LABEL_FIELD));
        var date = date(line, value(values, RowCheck.DATE_FIELD));
        var loan = loan(line, value(values, LoanId.FIELD_NAME));
        var origin = source(line, value(values, LabelledRowSource.FIELD_NAME));
        if (faults.count() == before) {
            rows.accept(new LabelledRow(index, Application.of(schema, features), divorced, date, loan, origin), line);
        }
    }

    @Override
    public void unreadable(long line, String problem) {
        read++;
        faults.note(line, problem);
    }

    /// How many rows were read, the faulty ones among them.
    long read() {
        return read;
    }

    /// The columns that were left out.
    List<String> unused() {
        return List.copyOf(unused);
    }

    private @Nullable String value(List<@Nullable String> values, String column) {
        @Nullable Integer place = places.get(column);
        return place == null ? null : values.get(place);
    }

    private long index(long line, @Nullable String text) {
        try {
            return Long.parseLong(text == null ? "" : text);
        } catch (NumberFormatException e) {
            faults.note(
                    line,
                    LabelledRow.INDEX_FIELD,
                    "%s, expected a whole number of 64 bits".formatted(text == null ? "missing" : "no whole number"));
            return 0;
        }
    }

    private float feature(long line, Feature feature, @Nullable String text) {
        float value;
        if (text == null) {
            value = Float.NaN;
        } else if (NUMBER.matcher(text).matches()) {
            value = (float) Double.parseDouble(text);
        } else {
            var what = NOT_FINITE.matcher(text).matches() ? "not finite" : "not a number";
            faults.note(line, feature.fieldName(), "%s, expected %s".formatted(what, feature.expectation()));
            return Float.NaN;
        }
        @Nullable String problem = RowCheck.problem(feature, value);
        if (problem != null) {
            faults.note(line, feature.fieldName(), problem);
        }
        return value;
    }

    private boolean label(long line, @Nullable String text) {
        if (text == null || !(YES.contains(text) || NO.contains(text))) {
            faults.note(
                    line,
                    LabelledRow.LABEL_FIELD,
                    "%s, expected 0 or 1".formatted(text == null ? "missing" : "another value"));
            return false;
        }
        return YES.contains(text);
    }

    private LocalDate date(long line, @Nullable String text) {
        var day = DAY.matcher(text == null ? "" : text);
        try {
            if (day.matches()) {
                var date = LocalDate.parse(day.group(1));
                @Nullable String problem = date.isAfter(today) ? "after today, " + today : RowCheck.problem(date);
                if (problem != null) {
                    faults.note(line, RowCheck.DATE_FIELD, problem);
                }
                return date;
            }
        } catch (DateTimeParseException e) {
            // noted below
        }
        faults.note(
                line,
                RowCheck.DATE_FIELD,
                "%s, expected one such as 2025-05-01".formatted(text == null ? "missing" : "not a day"));
        return today;
    }

    private Optional<LoanId> loan(long line, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (!LoanId.isId(text)) {
            faults.note(line, LoanId.FIELD_NAME, "not an id, expected " + LoanId.FORMAT);
            return Optional.empty();
        }
        return Optional.of(new LoanId(text));
    }

    private LabelledRowSource source(long line, @Nullable String text) {
        if (text == null) {
            return source;
        }
        var named = LabelledRowSource.named(text);
        if (named.isEmpty()) {
            faults.note(
                    line,
                    LabelledRowSource.FIELD_NAME,
                    "another value, expected "
                            + String.join(
                                    " or ",
                                    Arrays.stream(LabelledRowSource.values())
                                            .map(LabelledRowSource::fieldValue)
                                            .toList()));
        }
        return named.orElse(source);
    }
}
