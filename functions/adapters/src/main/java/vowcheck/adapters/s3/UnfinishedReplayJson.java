package vowcheck.adapters.s3;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.UnfinishedReplay;
import vowcheck.core.workflow.WorkflowField;

/// `replay.json`: `{"execution","restore","former":{…},"promoted":[{…}]}`, with pointers as [PointerJson] writes
/// them, the former only where there was one.
final class UnfinishedReplayJson {

    private UnfinishedReplayJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    static UnfinishedReplay read(byte[] json) {
        var document = JsonDocument.parse(json);
        return new UnfinishedReplay(
                document.value("execution", Execution::new),
                document.has("former") ? PointerJson.read(document.document("former")) : null,
                document.documents("promoted").stream().map(PointerJson::read).toList(),
                document.flag(WorkflowField.RESTORE));
    }

    static String write(UnfinishedReplay replay) {
        return new JsonObject()
                .with("execution", replay.execution().id())
                .with(WorkflowField.RESTORE, replay.restores())
                .withPresent("former", replay.servedBefore().map(PointerJson::object))
                .with(
                        "promoted",
                        replay.promoted().stream().map(PointerJson::object).toList())
                .json();
    }
}
