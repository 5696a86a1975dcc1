package vowcheck.launcher;

import java.io.PrintStream;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.workflow.WorkflowField;

/// The decision of a training, as its workflow's output has it.
final class PromotionText {

    private final JsonDocument output;

    /// @param output the output of an execution of the training workflow
    PromotionText(JsonDocument output) {
        this.output = output;
    }

    /// For people.
    void print(PrintStream out, Style style) {
        if (!output.has(WorkflowField.PROMOTION)) {
            out.println(output.text(WorkflowField.MESSAGE));
            return;
        }
        var promotion = output.document(WorkflowField.PROMOTION);
        out.printf(
                "%n%s: version %s%n",
                style.strong(
                        promotion.value(WorkflowField.DECISION, Verdict::of).inWords()),
                promotion.text("model_version"));
        promotion.texts("reasons").forEach(reason -> out.println("  " + reason));
        if (promotion.has(WorkflowField.NOTES)) {
            promotion.texts(WorkflowField.NOTES).forEach(note -> out.println("  note: " + note));
        }
    }

    /// For programs: the fields of the decision beside the execution and its cutoff.
    JsonObject json() {
        var json = new JsonObject();
        copy(output, json, WorkflowField.EXECUTION, WorkflowField.CUTOFF, WorkflowField.REASON);
        copy(output, json, WorkflowField.DUPLICATE_OF, WorkflowField.MESSAGE);
        if (output.has(WorkflowField.PROMOTION)) {
            var promotion = output.document(WorkflowField.PROMOTION);
            copy(promotion, json, promotion.names().toArray(String[]::new));
        }
        return json;
    }

    private static void copy(JsonDocument from, JsonObject to, String... fields) {
        for (var field : fields) {
            if (from.has(field)) {
                to.with(field, from.any(field));
            }
        }
    }
}
