package vowcheck.lambda.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.clients.KeyEnded;
import vowcheck.core.export.ExportUnavailable;
import vowcheck.core.export.InvalidExport;
import vowcheck.core.export.NoSuchExport;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.AmbiguousRequestId;
import vowcheck.core.scoring.NoSuchPrediction;
import vowcheck.core.scoring.PredictionErased;
import vowcheck.core.scoring.PredictionsRefused;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestIdTaken;
import vowcheck.core.scoring.StoringTooSlow;
import vowcheck.core.workflow.ApprovalRefused;
import vowcheck.core.workflow.ProductionChanged;
import vowcheck.core.workflow.RollbackRefused;
import vowcheck.core.workflow.ShadowChanged;
import vowcheck.core.workflow.WorkflowUnavailable;

/// A problem in answer to a request, as `application/problem+json` (RFC 9457) with an entry in `errors` for each
/// refused value. The only place that maps exceptions to statuses; it reveals no internals.
///
/// @param retry whether the answer says after which time the same request may succeed
public record Problem(int status, String title, String detail, List<JsonObject> errors, boolean retry) {

    private static final String RETRY_SECONDS = "5";

    public Problem {
        errors = List.copyOf(errors);
    }

    /// A problem that a repetition may solve where the status is 503.
    public Problem(int status, String title, String detail, List<JsonObject> errors) {
        this(status, title, detail, errors, status == 503);
    }

    /// The problem of a call whose outcome is not known: it must not simply be repeated.
    public static Problem uncertain(String detail) {
        return new Problem(503, "Service Unavailable", detail, List.of(), false);
    }

    /// A problem without refused values.
    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of());
    }

    /// The problem for an exception; 500 for an unexpected one.
    public static Problem of(RuntimeException exception) {
        return switch (exception) {
            case RequestRefused e -> e.problem();
            case InvalidApplication e ->
                new Problem(422, "Unprocessable Content", "fields are refused", faults("", e.faults()));
            case InvalidInstances e -> new Problem(400, "Bad Request", "instances are refused", faults(e));
            case MalformedRequest e -> of(400, "Bad Request", text(e));
            case TooManyInstances e -> of(413, "Content Too Large", text(e));
            case InvalidParameter e -> of(400, "Bad Request", text(e));
            case KeyEnded e -> of(403, "Forbidden", text(e));
            case NotAnOperator e -> of(401, "Unauthorized", text(e));
            case InvalidExport e -> of(400, "Bad Request", text(e));
            case NoSuchExport e -> of(404, "Not Found", text(e));
            case ExportUnavailable _ ->
                of(503, "Service Unavailable", "exports can be neither ordered nor looked up now: try again later");
            case NoSuchPrediction _ ->
                of(
                        404,
                        "Not Found",
                        "no prediction of yours has this id; one made during a database outage appears once it is stored");
            case AmbiguousRequestId e -> of(409, "Conflict", text(e));
            case PredictionErased e -> of(410, "Gone", text(e));
            case RequestIdTaken _ ->
                of(409, "Conflict", "the Idempotency-Key belongs to another request of yours: choose a new one");
            case BodyTooLarge e -> of(413, "Content Too Large", text(e));
            case UnsupportedMediaType e -> of(415, "Unsupported Media Type", text(e));
            case ModelStoreUnavailable _, UnusableModel _ ->
                of(503, "Service Unavailable", "no model is ready to score: try again later");
            case RegistryRefused e -> of(409, "Conflict", text(e));
            case RollbackRefused e -> of(409, "Conflict", text(e));
            case ApprovalRefused e -> of(409, "Conflict", text(e));
            case WorkflowUnavailable _ ->
                of(503, "Service Unavailable", "the training workflow cannot be reached now: try again later");
            case ProductionChanged e -> of(409, "Conflict", text(e));
            case ShadowChanged e -> of(409, "Conflict", text(e));
            case RegistryUnavailable _ ->
                of(
                        503,
                        "Service Unavailable",
                        "MLflow does not answer: the model in production is unchanged, try again later");
            case StoringTooSlow _ ->
                of(
                        503,
                        "Service Unavailable",
                        "the predictions are still being stored: repeat the request with the same Idempotency-Key in a moment");
            case PredictionsUnavailable _ ->
                of(503, "Service Unavailable", "predictions cannot be stored or read now: try again later");
            case PredictionsRefused _ ->
                of(
                        503,
                        "Service Unavailable",
                        "the database refuses to store or read predictions until an operator mends it: the log has the cause under its X-Request-Id");
            case SecretUnavailable _ ->
                of(503, "Service Unavailable", "names and passwords cannot be checked now: try again later");
            default ->
                of(500, "Internal Server Error", "the request failed: the log has the cause under its X-Request-Id");
        };
    }

    /// The reason in one of a few words, by which refused requests are counted.
    public String reason() {
        return switch (status) {
            case 400 -> errors.isEmpty() ? "malformed" : "invalid";
            case 401 -> "unauthorized";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method";
            case 409 -> "conflict";
            case 410 -> "erased";
            case 413 -> "too_large";
            case 415 -> "unsupported";
            case 422 -> "invalid";
            case 503 -> "unavailable";
            default -> "failed";
        };
    }

    /// The answer with this problem.
    public ApiResponse response() {
        var body = new JsonObject()
                .with("type", "about:blank")
                .with("title", title)
                .with("status", status)
                .with("detail", detail);
        if (!errors.isEmpty()) {
            body.with("errors", errors);
        }
        var response = new ApiResponse(status, Map.of("Content-Type", "application/problem+json"), body.json());
        return retry ? response.with("Retry-After", RETRY_SECONDS) : response;
    }

    private static List<JsonObject> faults(InvalidInstances invalid) {
        var errors = new ArrayList<JsonObject>();
        for (var instance : invalid.instances()) {
            errors.addAll(faults("/instances/" + instance.index(), instance.faults()));
        }
        return errors;
    }

    private static List<JsonObject> faults(String parent, List<InvalidApplication.Fault> faults) {
        return faults.stream().map(fault -> entry(parent, fault)).toList();
    }

    private static JsonObject entry(String parent, InvalidApplication.Fault fault) {
        return new JsonObject()
                .with("pointer", parent + "/" + fault.fieldName())
                .with("received", fault.received())
                .with("expected", fault.expected());
    }

    private static String text(RuntimeException e) {
        return Objects.requireNonNullElse(e.getMessage(), "");
    }
}
