package vowcheck.lambda;

import static vowcheck.adapters.bundle.ModelIdentityJson.VERSION;

import java.util.List;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.Approvals;
import vowcheck.core.workflow.DecisionReason;
import vowcheck.core.workflow.ModelChoice;
import vowcheck.lambda.http.OnlyFields;

/// The bodies of `/operations/approvals`.
final class ApprovalJson {

    private static final String DECISION = "decision";
    private static final String REASON = "reason";
    private static final String APPROVE = "approve";
    private static final String REJECT = "reject";
    private static final List<String> FIELDS = List.of(VERSION, DECISION, REASON);

    private ApprovalJson() {}

    /// What a call says.
    record Call(ModelChoice choice, boolean approved, DecisionReason reason) {}

    /// Reads a call; throws what [OnlyFields] does.
    static Call call(String body) {
        return OnlyFields.read(
                body,
                FIELDS,
                json -> new Call(
                        json.value(VERSION, ModelChoice::of),
                        json.value(DECISION, ApprovalJson::isApproval),
                        json.value(REASON, DecisionReason::new)));
    }

    private static boolean isApproval(String decision) {
        return switch (decision) {
            case APPROVE -> true;
            case REJECT -> false;
            default -> throw new IllegalArgumentException("expected %s or %s".formatted(APPROVE, REJECT));
        };
    }

    static JsonObject of(Approvals.Result result, boolean approved) {
        var message = approved
                ? "version %s is approved: the training %s promotes it, unless another model is in production by then"
                : "version %s is rejected: the training %s keeps what is in production";
        return ModelIdentityJson.add(
                        new JsonObject()
                                .with(
                                        "message",
                                        message.formatted(
                                                result.model().version(),
                                                result.execution().name())),
                        result.model())
                .with("execution", result.execution().name())
                .withAny("notes", result.notes());
    }
}
