package vowcheck.adapters.json;

import java.util.LinkedHashMap;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.UnconfirmedPromotion;

/// `unconfirmed.json`: `{"execution","challenger":{…},"former":{…}}`, two pointers as [PointerJson] writes them,
/// the former only where there was one.
public final class UnconfirmedPromotionJson {

    private UnconfirmedPromotionJson() {}

    /// Throws [IllegalArgumentException] naming the field that is missing or of another type.
    public static UnconfirmedPromotion read(String json) {
        var document = JsonDocument.parse(json);
        return new UnconfirmedPromotion(
                new Execution(document.text("execution")),
                PointerJson.read(document.document("challenger")),
                document.has("former") ? PointerJson.read(document.document("former")) : null);
    }

    public static String write(UnconfirmedPromotion promotion) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("execution", promotion.execution().id());
        fields.put("challenger", PointerJson.fields(promotion.challenger()));
        promotion.servedBefore().ifPresent(former -> fields.put("former", PointerJson.fields(former)));
        return JsonDocument.write(fields);
    }
}
