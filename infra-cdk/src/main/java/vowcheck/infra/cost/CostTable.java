package vowcheck.infra.cost;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// The costs of a stage as a table, as text or in Markdown.
///
/// @param predictions how many a month, one per request
public record CostTable(String stage, List<CostLine> lines, long predictions) {
    private static final String TOTAL = "total";

    public CostTable {
        lines = List.copyOf(lines);
        if (predictions < 0) {
            throw new IllegalArgumentException("predictions is %d: expected 0 or more".formatted(predictions));
        }
    }

    /// What an idle month costs.
    public double idle() {
        return sum(CostLine::idle);
    }

    /// What a month with the predictions costs.
    public double month() {
        return sum(line -> line.month(predictions));
    }

    /// The table for a terminal.
    public String text() {
        var text = new StringBuilder(
                "stage %s: USD for a month of 730 hours, before tax and without free tiers%n%n".formatted(stage));
        text.append(row("", "idle", heading()));
        lines.forEach(line -> text.append(row(line.what(), usd(line.idle()), usd(line.month(predictions)))));
        return text.append(row(TOTAL, usd(idle()), usd(month()))).toString();
    }

    /// The table for `docs/cost.md`.
    public String markdown() {
        var text = new StringBuilder("| `%s` | idle | %s |%n|---|---:|---:|%n".formatted(stage, heading()));
        lines.forEach(line -> text.append(
                "| %s | %s | %s |%n".formatted(line.what(), usd(line.idle()), usd(line.month(predictions)))));
        return text.append("| **%s** | **%s** | **%s** |%n".formatted(TOTAL, usd(idle()), usd(month())))
                .toString();
    }

    private String heading() {
        return String.format(Locale.ROOT, "%,d predictions", predictions);
    }

    private double sum(ToDoubleFunction<CostLine> part) {
        return lines.stream().mapToDouble(part).sum();
    }

    private static String row(String what, String idle, String month) {
        return "%-50s %10s %24s%n".formatted(what, idle, month);
    }

    private static String usd(double amount) {
        return String.format(Locale.ROOT, "%.2f", amount);
    }
}
