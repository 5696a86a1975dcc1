package vowcheck.adapters.s3;

import java.util.LinkedHashMap;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.UnconfirmedPromotion;

/// `unconfirmed.json`: `{"execution","challenger":{…},"former":{…}}`, with two pointers as
/// [PointerJson] writes them, the former only where there was one.
final class UnconfirmedPromotionJson {

    private UnconfirmedPromotionJson() {}

    /// Throws [IllegalArgumentException] that names the field which is missing or of another type.
    static UnconfirmedPromotion read(String json) {
        var document = JsonDocument.parse(json);
        return new UnconfirmedPromotion(
                new Execution(document.text("execution")),
                PointerJson.read(document.document("challenger")),
                document.has("former") ? PointerJson.read(document.document("former")) : null);
    }

    static String write(UnconfirmedPromotion promotion) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("execution", promotion.execution().id());
        fields.put("challenger", PointerJson.fields(promotion.challenger()));
        promotion.servedBefore().ifPresent(former -> fields.put("former", PointerJson.fields(former)));
        return JsonDocument.write(fields);
    }
}
