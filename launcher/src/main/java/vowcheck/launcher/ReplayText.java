package vowcheck.launcher;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.WorkflowField;

/// The decisions of a replay, as its output has them.
final class ReplayText {

    private static final String MARK = " *";

    private final JsonDocument output;
    private final List<JsonDocument> runs;

    /// @param output the output of an execution of the replay
    ReplayText(JsonDocument output) {
        this.output = output;
        this.runs = output.documents(WorkflowField.RUNS);
    }

    /// For people: a table, in which a comparison with a champion that had seen the test rows is marked.
    void print(PrintStream out, Style style) {
        var table = new TextTable(style, "cutoff", "version", "decision", "average precision", "in production");
        boolean isMarked = false;
        for (var run : runs) {
            var promotion = run.document(WorkflowField.PROMOTION);
            boolean hadSeen = hadSeenTestRows(promotion);
            isMarked |= hadSeen;
            table.row(
                    run.text(WorkflowField.CUTOFF),
                    promotion.text("model_version"),
                    promotion.text(WorkflowField.DECISION),
                    precision(promotion, "average_precision"),
                    precision(promotion, "production_average_precision") + (hadSeen ? MARK : ""));
        }
        out.println();
        table.print(out);
        if (isMarked) {
            out.println("* the model in production was fitted on days of the test rows, so it looks better than it is");
        }
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

    private static boolean hadSeenTestRows(JsonDocument promotion) {
        return promotion.has(WorkflowField.CHAMPION_HAD_SEEN_TEST_ROWS)
                && promotion.flag(WorkflowField.CHAMPION_HAD_SEEN_TEST_ROWS);
    }

    private static String precision(JsonDocument promotion, String field) {
        return promotion.has(field) ? "%.4f".formatted(promotion.number(field)) : "none";
    }
}
