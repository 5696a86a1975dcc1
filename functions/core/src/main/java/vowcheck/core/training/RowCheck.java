package vowcheck.core.training;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import vowcheck.core.features.Feature;

/// Checks labelled rows before anything is trained with them: a value must be one that an application may have, a
/// feature that every application has must be there, and the date must be plausible and before the cutoff.
public final class RowCheck {

    /// The first day that a row may have. Dates that programs write where they have none, such as 1970-01-01 and
    /// 1900-01-01, lie before it.
    public static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private static final String DATE = "Date";

    /// The same rows, if none has a fault. Throws [RefusedRows] that names every fault.
    public LabelledRows accepted(LabelledRows rows, LocalDate cutoff) {
        var report = report(rows, cutoff);
        if (report.faultyRows() > 0) {
            throw new RefusedRows(
                    "the labelled rows before %s are refused: %s; correct or delete these rows and train again"
                            .formatted(cutoff, report.inWords()));
        }
        return rows;
    }

    /// Checks every row.
    public RowReport report(LabelledRows rows, LocalDate cutoff) {
        var faulty = new BitSet(rows.size());
        var faults = new ArrayList<RowReport.Fault>();
        for (var feature : rows.schema().features()) {
            float[] values = rows.column(feature);
            faults.addAll(faults(rows, feature.fieldName(), row -> problem(feature, values[row]), faulty));
        }
        faults.addAll(faults(rows, DATE, row -> problem(rows.date(row), cutoff), faulty));
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

    /// In words that follow "is"; null for a value without a fault.
    private static @Nullable String problem(Feature feature, float value) {
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

    private static @Nullable String problem(LocalDate date, LocalDate cutoff) {
        if (date.isBefore(EARLIEST)) {
            return "before " + EARLIEST;
        }
        return date.isBefore(cutoff) ? null : "not before the cutoff";
    }
}
