package vowcheck.adapters.workflow;

import static vowcheck.core.workflow.WorkflowField.APPROVED;
import static vowcheck.core.workflow.WorkflowField.OPERATOR;
import static vowcheck.core.workflow.WorkflowField.REASON;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.ApprovalAnswer;

/// The answer to a training that waits for approval, as its execution gets it and passes it on.
public final class ApprovalAnswerJson {

    private ApprovalAnswerJson() {}

    /// Throws the document's exception, which names the field that is missing or wrong.
    public static ApprovalAnswer read(JsonDocument json) {
        return json.flag(APPROVED)
                ? new ApprovalAnswer(true, json.text(OPERATOR), json.text(REASON))
                : new ApprovalAnswer(false, json.has(OPERATOR) ? json.text(OPERATOR) : "", json.text(REASON));
    }

    static String write(ApprovalAnswer answer) {
        return new JsonObject()
                .with(APPROVED, answer.approved())
                .with(OPERATOR, answer.operator())
                .with(REASON, answer.reason())
                .json();
    }
}
