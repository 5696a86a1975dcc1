package vowcheck.adapters.s3;

import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.PendingApproval;

/// `training/approvals/EXECUTION.json`: `{"execution","token","model_version","manifest_sha256","serving":{…}}`, the
/// last only where a model was in production.
final class PendingApprovalJson {

    private static final String SERVING = "serving";

    private PendingApprovalJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    static PendingApproval read(byte[] json) {
        var document = JsonDocument.parse(json);
        return new PendingApproval(
                document.value("execution", Execution::new),
                ModelIdentityJson.read(document),
                document.has(SERVING) ? ModelIdentityJson.read(document.document(SERVING)) : null,
                document.text("token"));
    }

    static String write(PendingApproval approval) {
        var json = new JsonObject().with("execution", approval.execution().id()).with("token", approval.token());
        ModelIdentityJson.add(json, approval.challenger());
        return approval.serving() == null
                ? json.json()
                : json.with(SERVING, ModelIdentityJson.add(new JsonObject(), approval.serving()))
                        .json();
    }
}
