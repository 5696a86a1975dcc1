package vowcheck.launcher;

import java.io.PrintStream;
import java.util.List;
import vowcheck.adapters.json.JsonDocument;

/// What the API says about the shadow, for people.
public final class ShadowText {

    private final JsonDocument shadow;

    public ShadowText(JsonDocument shadow) {
        this.shadow = shadow;
    }

    /// Which model is the shadow, and how it scores beside the one that answers.
    public void print(PrintStream out, Style style) {
        switch (shadow.text("status")) {
            case "on" -> printComparison(out, style);
            case "unreadable" ->
                out.printf(
                        "%s: %s; ./vowcheck shadow --stop --reason … mends it%n",
                        style.bad("production.json names a shadow that cannot be read"), shadow.text("fault"));
            default -> out.println("no model is the shadow; ./vowcheck shadow VERSION --reason … starts one");
        }
    }

    private void printComparison(PrintStream out, Style style) {
        out.printf(
                "version %s has been the shadow since %s, started by %s: %s%n",
                shadow.text("model_version"),
                shadow.text("started_at"),
                shadow.text("started_by"),
                shadow.text("reason"));
        var comparison = shadow.document("comparison");
        int rows = comparison.integer("rows");
        if (rows == 0) {
            out.println("there was no application since then");
            return;
        }
        int scored = comparison.integer("scored");
        out.printf(
                "it has scored %,d (%.1f %%) of the newest %,d applications, those since %s%n",
                scored, 100.0 * scored / rows, rows, comparison.text("since"));
        if (scored == 0) {
            return;
        }
        out.println();
        printScores(out, style, comparison);
        out.println();
        int top = comparison.integer("top");
        int both = comparison.integer("in_both_tops");
        out.printf(
                "rank correlation %s; of the %,d with the highest probabilities, %,d are the same (%.0f %%)%n",
                comparison.has("rank_correlation")
                        ? "%.3f".formatted(comparison.number("rank_correlation"))
                        : "undefined",
                top,
                both,
                100.0 * both / top);
    }

    private void printScores(PrintStream out, Style style, JsonDocument comparison) {
        var answered = comparison.document("answered");
        var shadowed = comparison.document("shadow");
        var table = new TextTable(
                style,
                "probability",
                "version " + String.join(", ", comparison.texts("answered_by")),
                "shadow, version " + shadow.text("model_version"));
        table.row("mean", number(answered, "mean"), number(shadowed, "mean"));
        for (var quantile : List.copyOf(answered.document("quantiles").names())) {
            table.row(
                    "quantile " + quantile,
                    number(answered.document("quantiles"), quantile),
                    number(shadowed.document("quantiles"), quantile));
        }
        table.print(out);
    }

    private static String number(JsonDocument scores, String field) {
        return "%.4f".formatted(scores.number(field));
    }
}
