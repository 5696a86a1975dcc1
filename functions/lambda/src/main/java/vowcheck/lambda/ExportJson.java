package vowcheck.lambda;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.export.ExportId;
import vowcheck.core.export.ExportRange;
import vowcheck.core.export.ExportState;
import vowcheck.core.export.PredictionExports;
import vowcheck.lambda.http.OnlyFields;

/// The bodies of `/operations/exports`.
final class ExportJson {

    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String REASON = "reason";
    private static final List<String> FIELDS = List.of(FROM, TO, REASON);

    private ExportJson() {}

    /// What is ordered.
    record Order(ExportRange range, Optional<String> reason) {}

    /// Reads an order; throws what [OnlyFields] does.
    static Order order(String body) {
        return OnlyFields.read(body, FIELDS, json -> {
            var reason = json.has(REASON) ? Optional.of(json.text(REASON)) : Optional.<String>empty();
            return new Order(new ExportRange(json.date(FROM), json.date(TO)), reason);
        });
    }

    /// @param link for an export that is done
    static JsonObject of(ExportId id, ExportState state, PredictionExports.@Nullable Link link) {
        var body = new JsonObject().with("export_id", id.value());
        switch (state) {
            case ExportState.Running _ -> body.with("status", "running");
            case ExportState.Done(var rows, var bytes) ->
                body.with("status", "done").with("rows", rows).with("bytes", bytes);
            case ExportState.Failed(var reason) -> body.with("status", "failed").with(REASON, reason);
        }
        if (link != null) {
            body.with("url", link.url())
                    .with("url_valid_until", link.validUntil().toString());
        }
        return body;
    }
}
