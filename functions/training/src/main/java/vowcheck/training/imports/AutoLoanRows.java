package vowcheck.training.imports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.EducationLevel;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.LabelledRow;
import vowcheck.core.training.RowCheck;

/// Prepares the rows of the auto-loan data as the replaced installation did, counts each step, and gives them to the
/// rows of the table: values that are no numbers, and education that is not known, are gaps; rows with a gap are
/// dropped; education becomes days; 3650 days are taken from an age above 11000; `Default` becomes `Divorce`.
///
/// The data have no dates: the rows are dated in their order, so many a day from a first day on. Not thread-safe.
final class AutoLoanRows implements RowSink {

    static final String ID = "ID";
    static final String EDUCATION = "Client_Education";
    static final String DEFAULT = "Default";

    /// The names of the levels in the data, in lower case, and those of the contract.
    private static final Map<String, EducationLevel> LEVELS = Map.of(
            "junior secondary", EducationLevel.JUNIOR_SECONDARY,
            "secondary", EducationLevel.SECONDARY,
            "graduation dropout", EducationLevel.DROPPED_OUT_OF_UNIVERSITY,
            "dropped out of university", EducationLevel.DROPPED_OUT_OF_UNIVERSITY,
            "graduation", EducationLevel.GRADUATE,
            "graduate", EducationLevel.GRADUATE,
            "post grad", EducationLevel.POSTGRADUATE,
            "postgraduate", EducationLevel.POSTGRADUATE);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9.]+(?:[eE][+-]?\\d+)?");

    private static final double AGE_LIMIT = 11_000;
    private static final double AGE_EXCESS = 3_650;

    /// The columns of the table, in the order in which the rows are passed on.
    private static final List<String> PREPARED = Stream.of(
                    Stream.of(LabelledRow.INDEX_FIELD),
                    FeatureSchema.CONTRACT.fieldNames().stream(),
                    Stream.of(LabelledRow.LABEL_FIELD, RowCheck.DATE_FIELD))
            .flatMap(names -> names)
            .toList();

    private static final int AGE = PREPARED.indexOf(Feature.AGE_DAYS.fieldName());

    private final RowSink table;
    private final LocalDate firstDay;
    private final int rowsADay;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Long> gaps = new HashMap<>();
    private int columns;
    private long read;
    private long kept;
    private long notNumbers;
    private long dropped;
    private long olderReduced;
    private long unemployed;
    private long defaults;

    /// @param rowsADay how many rows get the same date, at least 1
    AutoLoanRows(RowSink table, LocalDate firstDay, int rowsADay) {
        this.table = table;
        this.firstDay = firstDay;
        this.rowsADay = rowsADay;
    }

    @Override
    public void columns(long line, List<String> names) {
        for (int place = 0; place < names.size(); place++) {
            places.put(names.get(place), place);
        }
        var missing = Stream.concat(Stream.of(ID), needed())
                .filter(name -> !places.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new ImportRefused("line %d: columns are missing: %s".formatted(line, String.join(", ", missing)));
        }
        columns = names.size();
        table.columns(line, PREPARED);
    }

    private static Stream<String> needed() {
        return Stream.concat(FeatureSchema.CONTRACT.features().stream().map(AutoLoanRows::column), Stream.of(DEFAULT));
    }

    private static String column(Feature feature) {
        return feature.equals(Feature.EDUCATION_DAYS) ? EDUCATION : feature.fieldName();
    }

    @Override
    public void row(long line, List<@Nullable String> values) {
        read++;
        if (values.size() != columns) {
            table.unreadable(line, "has %d values, expected %d".formatted(values.size(), columns));
            return;
        }
        var prepared = new ArrayList<@Nullable String>(PREPARED.size());
        prepared.add(value(values, ID));
        boolean complete = true;
        for (var feature : FeatureSchema.CONTRACT.features()) {
            complete &= add(prepared, column(feature), prepared(feature, value(values, column(feature))));
        }
        complete &= add(prepared, DEFAULT, number(value(values, DEFAULT)));
        if (complete) {
            count(prepared, !Objects.equals(prepared.get(AGE), value(values, Feature.AGE_DAYS.fieldName())));
            prepared.add(firstDay.plusDays(kept / rowsADay).toString());
            kept++;
            table.row(line, prepared);
        } else {
            dropped++;
        }
    }

    private boolean add(List<@Nullable String> prepared, String column, @Nullable String value) {
        prepared.add(value);
        if (value == null) {
            gaps.merge(column, 1L, Long::sum);
        }
        return value != null;
    }

    private void count(List<@Nullable String> prepared, boolean older) {
        olderReduced += older ? 1 : 0;
        if (is(prepared, Feature.EMPLOYED_DAYS.fieldName(), Feature.NO_EMPLOYMENT_DAYS)) {
            unemployed++;
        }
        if (is(prepared, LabelledRow.LABEL_FIELD, 1)) {
            defaults++;
        }
    }

    private static boolean is(List<@Nullable String> prepared, String column, double expected) {
        @Nullable String value = prepared.get(PREPARED.indexOf(column));
        return value != null && Double.parseDouble(value) == expected;
    }

    private @Nullable String prepared(Feature feature, @Nullable String value) {
        if (feature.equals(Feature.EDUCATION_DAYS)) {
            return value == null ? null : days(value);
        }
        @Nullable String number = number(value);
        if (number == null || !feature.equals(Feature.AGE_DAYS)) {
            return number;
        }
        double age = Double.parseDouble(number);
        return age > AGE_LIMIT ? String.valueOf(age - AGE_EXCESS) : number;
    }

    private static @Nullable String days(String education) {
        return Optional.ofNullable(LEVELS.get(education.toLowerCase(Locale.ROOT)))
                .map(level -> String.valueOf(level.days()))
                .orElse(null);
    }

    private @Nullable String number(@Nullable String value) {
        if (value == null) {
            return null;
        }
        if (isNumber(value)) {
            return value;
        }
        notNumbers++;
        return null;
    }

    private static boolean isNumber(String value) {
        try {
            return NUMBER.matcher(value).matches() && Double.isFinite(Double.parseDouble(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private @Nullable String value(List<@Nullable String> values, String column) {
        return values.get(places.getOrDefault(column, 0));
    }

    @Override
    public void unreadable(long line, String problem) {
        read++;
        table.unreadable(line, problem);
    }

    /// What each step of the preparation has done.
    List<ImportReport.Count> steps() {
        var steps = new ArrayList<ImportReport.Count>();
        steps.add(new ImportReport.Count("rows of the auto-loan data", read));
        steps.add(new ImportReport.Count("values that are no numbers, taken for gaps", notNumbers));
        needed().filter(gaps::containsKey)
                .forEach(column -> steps.add(
                        new ImportReport.Count("rows with a gap in " + column, gaps.getOrDefault(column, 0L))));
        steps.add(new ImportReport.Count("rows dropped because of gaps", dropped));
        steps.add(new ImportReport.Count("rows whose education became days", kept));
        steps.add(new ImportReport.Count("ages above 11,000 days, reduced by 3,650", olderReduced));
        steps.add(new ImportReport.Count("rows without an employment on record, kept", unemployed));
        steps.add(new ImportReport.Count("rows with Default 1, now Divorce 1", defaults));
        steps.add(new ImportReport.Count(
                "days from %s on that the rows are dated".formatted(firstDay), (kept + rowsADay - 1) / rowsADay));
        return steps;
    }
}
