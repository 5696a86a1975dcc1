package vowcheck.lambda;

import java.util.Locale;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.readiness.Readiness;
import vowcheck.core.readiness.ReadinessFinding;
import vowcheck.core.readiness.ReadinessReport;
import vowcheck.core.readiness.ReadinessReport.Result;
import vowcheck.core.scoring.RequestId;
import vowcheck.lambda.http.ApiRequest;
import vowcheck.lambda.http.ApiResponse;

/// The operators' and monitors' call: `/operations/readiness` says which part of the system works.
final class ReadinessCall {

    private static final String OK = "ok";
    private static final String FAILING = "failing";

    private final Readiness readiness;

    ReadinessCall(Readiness readiness) {
        this.readiness = readiness;
    }

    /// 200 if every part works, otherwise 503 with the same body.
    ApiResponse answer(ApiRequest request, RequestId requestId) {
        var report = readiness.report();
        var checks = new JsonObject();
        report.entries().forEach(entry -> checks.with(entry.part().name().toLowerCase(Locale.ROOT), check(entry)));
        var body =
                new JsonObject().with("status", report.ready() ? OK : FAILING).with("checks", checks);
        return ApiResponse.json(report.ready() ? 200 : 503, body).with("Cache-Control", "no-store");
    }

    private static JsonObject check(ReadinessReport.Entry entry) {
        var check = new JsonObject();
        switch (entry.result()) {
            case Result.Works(var finding) -> {
                check.with("status", OK);
                add(check, finding);
            }
            case Result.Fails(var reason) ->
                check.with("status", FAILING)
                        .with(
                                "reason",
                                "the %s %s".formatted(entry.part().name().toLowerCase(Locale.ROOT), reason));
        }
        return check.with("milliseconds", entry.took().toMillis());
    }

    private static void add(JsonObject check, ReadinessFinding finding) {
        switch (finding) {
            case ReadinessFinding.UsableModel model ->
                check.with("model_version", model.version().value());
            case ReadinessFinding.WritableDatabase database -> check.with("schema_version", database.schemaVersion());
            case ReadinessFinding.QueueDepth queue ->
                check.with("waiting", queue.waiting()).with("dead_letters", queue.deadLetters());
        }
    }
}
