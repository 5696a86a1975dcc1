package vowcheck.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.workflow.WorkflowField;

/// The decisions of a replay, as its output has them.
final class ReplayText {

    private final JsonDocument output;
    private final List<JsonDocument> runs;

    /// @param output the output of an execution of the replay
    ReplayText(JsonDocument output) {
        this.output = output;
        this.runs = output.documents(WorkflowField.RUNS);
    }

    /// For people: a table with the average precision of both models on the same rows, where there were two; the
    /// last column is the difference on new people and the bound that it exceeds with 95 % confidence.
    void print(PrintStream out, Style style) {
        var table = new TextTable(
                style, "cutoff", "version", "decision", "average precision", "in production", "on new people");
        for (var run : runs) {
            var promotion = run.document(WorkflowField.PROMOTION);
            table.row(
                    run.text(WorkflowField.CUTOFF),
                    promotion.text("model_version"),
                    promotion.value(WorkflowField.DECISION, Verdict::of).inWords(),
                    precision(
                            promotion,
                            promotion.has(WorkflowField.COMPARED_AVERAGE_PRECISION)
                                    ? WorkflowField.COMPARED_AVERAGE_PRECISION
                                    : WorkflowField.AVERAGE_PRECISION),
                    precision(promotion, WorkflowField.PRODUCTION_AVERAGE_PRECISION),
                    difference(promotion));
        }
        out.println();
        table.print(out);
        notes().forEach(note -> out.println("note: " + note));
    }

    /// For programs: the decisions, whether what served before was put back, and what was not done.
    JsonObject json() {
        var json = new JsonObject()
                .with(
                        WorkflowField.RUNS,
                        runs.stream().map(run -> new PromotionText(run).json()).toList())
                .with(WorkflowField.RESTORE, output.flag(WorkflowField.RESTORE));
        return notes().isEmpty() ? json : json.with(WorkflowField.NOTES, notes());
    }

    /// Of its beginning, of its trainings and of its end.
    private List<String> notes() {
        var notes = new ArrayList<>(notes(output));
        for (var run : runs) {
            notes(run.document(WorkflowField.PROMOTION))
                    .forEach(note -> notes.add(run.text(WorkflowField.CUTOFF) + ": " + note));
        }
        notes.addAll(notes(output.document(WorkflowField.RESTORATION)));
        return notes;
    }

    private static List<String> notes(JsonDocument document) {
        return document.has(WorkflowField.NOTES) ? document.texts(WorkflowField.NOTES) : List.of();
    }

    private static String difference(JsonDocument promotion) {
        if (!promotion.has(WorkflowField.AVERAGE_PRECISION_DIFFERENCE)) {
            return "none";
        }
        var interval = promotion.document(WorkflowField.AVERAGE_PRECISION_DIFFERENCE);
        return "%+.4f (> %+.4f)".formatted(interval.number("difference"), interval.number("lower"));
    }

    private static String precision(JsonDocument promotion, String field) {
        return promotion.has(field) ? "%.4f".formatted(promotion.number(field)) : "none";
    }
}
