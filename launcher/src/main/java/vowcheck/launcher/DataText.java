package vowcheck.launcher;

import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReport.FeatureFigures;
import vowcheck.core.quality.DataReport.Month;
import vowcheck.launcher.TextTable.Cell;

/// A report on labelled rows for people.
public final class DataText {

    /// More are for programs.
    private static final int MONTHS = 12;

    private final DataReport report;

    public DataText(DataReport report) {
        this.report = report;
    }

    /// Prints what came in, a row for each feature, and the last months.
    public void print(PrintStream out, Style style) {
        out.println(style.strong(String.format(
                Locale.ROOT,
                "%s %s of %s: %,d labelled rows",
                report.occasion().fieldValue(),
                report.name(),
                report.madeAt().truncatedTo(ChronoUnit.SECONDS),
                report.rows())));
        var rows = new TextTable();
        report.days()
                .ifPresent(days -> rows.row("days", "%s to %s".formatted(days.first(), days.last()))
                        .row("days without rows", String.format(Locale.ROOT, "%,d", days.without())));
        rows.row("divorces", share(report.positives(), report.rows()))
                .row("no employment on record", share(report.withoutEmployment(), report.rows()))
                .row("equal in all features to another row", share(report.recurringRows(), report.rows()));
        rows.print(out);
        out.println();
        features(style).print(out);
        out.println(report.comparison()
                .map(comparison -> String.format(
                        Locale.ROOT,
                        "%,d rows%s are compared with those of model version %s",
                        comparison.rows(),
                        comparison.since().map(day -> " since " + day).orElse(""),
                        comparison.version()))
                .orElse("compared with no model"));
        if (!report.months().isEmpty()) {
            out.println();
            months(style).print(out);
        }
    }

    private TextTable features(Style style) {
        var table = new TextTable(style, "feature", "missing", "beyond range", "PSI");
        report.features()
                .forEach(figures -> table.row(
                        Cell.plain(figures.feature().fieldName()),
                        count(figures.missing(), style),
                        count(figures.beyondRange(), style),
                        psi(figures, style)));
        return table;
    }

    private static Cell count(long number, Style style) {
        return number == 0 ? Cell.plain("0") : new Cell(String.format(Locale.ROOT, "%,d", number), style::bad);
    }

    private static Cell psi(FeatureFigures figures, Style style) {
        var psi = figures.psi();
        if (psi.isEmpty()) {
            return Cell.plain("-");
        }
        var text = String.format(Locale.ROOT, "%.4f", psi.getAsDouble());
        return psi.getAsDouble() > DriftPolicy.DEFAULT.threshold() ? new Cell(text, style::bad) : Cell.plain(text);
    }

    private TextTable months(Style style) {
        List<Month> months = report.months();
        var table = new TextTable(style, "month", "rows", "divorces");
        months.subList(Math.max(0, months.size() - MONTHS), months.size())
                .forEach(month -> table.row(
                        month.month().toString(),
                        String.format(Locale.ROOT, "%,d", month.rows()),
                        share(month.positives(), month.rows())));
        return table;
    }

    private static String share(long part, long rows) {
        return rows == 0 ? "0" : String.format(Locale.ROOT, "%,d, %.1f %%", part, 100.0 * part / rows);
    }
}
