package vowcheck.adapters.s3;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.UnconfirmedPromotion;

/// `unconfirmed.json`: `{"execution","challenger":{…},"former":{…}}`, with two pointers as [PointerJson] writes
/// them, the former only where there was one.
final class UnconfirmedPromotionJson {

    private UnconfirmedPromotionJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    static UnconfirmedPromotion read(byte[] json) {
        var document = JsonDocument.parse(json);
        return new UnconfirmedPromotion(
                document.value("execution", Execution::new),
                PointerJson.read(document.document("challenger")),
                document.has("former") ? PointerJson.read(document.document("former")) : null);
    }

    static String write(UnconfirmedPromotion promotion) {
        return new JsonObject()
                .with("execution", promotion.execution().id())
                .with("challenger", PointerJson.object(promotion.challenger()))
                .withPresent("former", promotion.servedBefore().map(PointerJson::object))
                .json();
    }
}
