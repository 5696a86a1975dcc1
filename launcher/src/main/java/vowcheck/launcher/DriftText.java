package vowcheck.launcher;

import java.io.PrintStream;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.TextTable.Cell;

/// A drift report for people, from the answer of the drift function.
final class DriftText {

    private static final String TOO_FEW = "too_few_rows";

    private final JsonDocument report;

    DriftText(JsonDocument report) {
        this.report = report;
    }

    /// The table of the features, and what was compared.
    void print(PrintStream out, Style style) {
        out.printf(
                "%,d predictions since %s, compared with the rows that model version %s was made with%n%n",
                report.longInteger("rows"), report.text("data_cutoff_date"), report.text("model_version"));
        var psi = report.document("psi");
        var drifted = report.texts("drifted_features");
        boolean judged = !report.text("verdict").equals(TOO_FEW);
        var table = new TextTable(style, "feature", "PSI", "bound", "verdict");
        for (var feature : psi.names()) {
            boolean drifts = drifted.contains(feature);
            var verdict = drifts ? "drifted" : "stable";
            table.row(
                    Cell.plain(feature),
                    Cell.plain("%.4f".formatted(psi.number(feature))),
                    Cell.plain(String.valueOf(report.number("psi_threshold"))),
                    judged ? new Cell(verdict, drifts ? style::bad : style::good) : Cell.plain("not judged"));
        }
        table.print(out);
        out.println();
        if (report.has("shadow")) {
            var shadow = report.document("shadow");
            out.printf(
                    "version %s is the shadow, and has scored %,d of them: ./vowcheck shadow compares the two%n%n",
                    shadow.text("model_version"), shadow.longInteger("rows"));
        }
    }

    /// The verdict in one sentence.
    String verdict() {
        var drifted = report.texts("drifted_features");
        if (!drifted.isEmpty()) {
            return String.join(", ", drifted) + " drifted";
        }
        return report.text("verdict").equals(TOO_FEW)
                ? "too few predictions to judge: expected at least %,d".formatted(report.longInteger("min_samples"))
                : "no feature drifted";
    }
}
