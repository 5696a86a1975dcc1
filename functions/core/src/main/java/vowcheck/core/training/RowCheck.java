package vowcheck.core.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;
import vowcheck.core.model.TrainedRows;

/// Checks labelled rows before anything is trained with them: a value must be one that an application may have, a
/// feature that every application has must be there, and the date must be plausible and before the cutoff.
public final class RowCheck {

    /// The first day that a row may have. Dates that programs write where they have none, such as 1970-01-01 and
    /// 1900-01-01, lie before it.
    public static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    /// The name of a row's day in SQL and in files.
    public static final String DATE_FIELD = "Date";

    private final double mostFaultyShare;

    /// @param mostFaultyShare the share of the rows that may have faults and are then left out, from 0 to 1; with 0,
    ///     one faulty row is one too many
    public RowCheck(double mostFaultyShare) {
        if (!(mostFaultyShare >= 0 && mostFaultyShare <= 1)) {
            throw new IllegalArgumentException("share of faulty rows %s, expected 0 to 1".formatted(mostFaultyShare));
        }
        this.mostFaultyShare = mostFaultyShare;
    }

    /// Checks every row. Throws [RefusedRows] that names every fault, if more rows have faults than may be left out.
    public Accepted accepted(LabelledRows rows, LocalDate cutoff) {
        var faulty = new BitSet(rows.size());
        var report = report(rows, cutoff, faulty);
        if (report.faultyRows() == 0) {
            return new Accepted(rows, report);
        }
        if (report.faultyRows() > mostFaultyShare * rows.size()) {
            throw new RefusedRows(
                    "the labelled rows before %s are refused: %s%s; correct or delete these rows and train again"
                            .formatted(cutoff, report.inWords(), exceeded(report)));
        }
        var sound = IntStream.range(0, rows.size()).filter(row -> !faulty.get(row));
        return new Accepted(rows.select(sound.toArray()), report);
    }

    private String exceeded(RowReport report) {
        return mostFaultyShare == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %,d of %,d rows have faults, expected a share of at most %s",
                        report.faultyRows(),
                        report.rows(),
                        mostFaultyShare);
    }

    private static RowReport report(LabelledRows rows, LocalDate cutoff, BitSet faulty) {
        var faults = new ArrayList<RowReport.Fault>();
        for (var feature : rows.schema().features()) {
            float[] values = rows.column(feature);
            faults.addAll(faults(rows, feature.fieldName(), row -> problem(feature, values[row]), faulty));
        }
        faults.addAll(faults(rows, DATE_FIELD, row -> problem(rows.date(row), cutoff), faulty));
        return new RowReport(rows.size(), faulty.cardinality(), faults);
    }

    private static List<RowReport.Fault> faults(
            LabelledRows rows, String field, IntFunction<@Nullable String> problem, BitSet faulty) {
        Map<String, RowReport.Fault> faults = new LinkedHashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            @Nullable String found = problem.apply(row);
            if (found != null) {
                faulty.set(row);
                faults.merge(
                        found,
                        new RowReport.Fault(field, found, 1, rows.index(row)),
                        (earlier, _) -> new RowReport.Fault(field, found, earlier.rows() + 1, earlier.firstIndex()));
            }
        }
        return List.copyOf(faults.values());
    }

    /// What is wrong with a value, NaN where it is missing, in words that follow "is"; null for a value without a
    /// fault.
    public static @Nullable String problem(Feature feature, float value) {
        if (Float.isNaN(value)) {
            return feature.mayBeMissing() ? null : "missing";
        }
        if (Float.isInfinite(value)) {
            return "not finite";
        }
        return feature.accepts(value)
                ? null
                : "%s, expected %s"
                        .formatted(feature.bound().violation(), feature.bound().admitted());
    }

    /// What is wrong with a day, in words that follow "is"; null for one that a row may have.
    public static @Nullable String problem(LocalDate date) {
        return date.isBefore(EARLIEST) ? "before " + EARLIEST : null;
    }

    private static @Nullable String problem(LocalDate date, LocalDate cutoff) {
        @Nullable String implausible = problem(date);
        if (implausible != null) {
            return implausible;
        }
        return date.isBefore(cutoff) ? null : "not before the cutoff";
    }

    /// The rows without a fault, and what was found in all of them. The faulty rows of the report were left out.
    public record Accepted(LabelledRows rows, RowReport report) {

        /// Which rows are accepted; at least one must be.
        public TrainedRows identity() {
            return rows.identity(report.faultyRows());
        }
    }
}
