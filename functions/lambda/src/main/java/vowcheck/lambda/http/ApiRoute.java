package vowcheck.lambda.http;

import java.util.Arrays;
import java.util.List;

/// The calls of the HTTP API, who may make them, and which function answers. Handlers dispatch by them, the CDK app
/// builds the API from them, and a test compares the OpenAPI document with them.
public enum ApiRoute {
    PREDICT("POST", "/predict", Access.API_KEY, AnsweringFunction.SCORING),
    BATCH_PREDICT("POST", "/batch_predict", Access.API_KEY, AnsweringFunction.SCORING),
    STORED_PREDICTIONS("GET", "/predictions/{request_id}", Access.API_KEY, AnsweringFunction.SCORING),
    PREDICTION_SEARCH("POST", "/predictions/search", Access.AUDITOR, AnsweringFunction.SCORING),
    MODEL_INFO("GET", "/model-info", Access.API_KEY, AnsweringFunction.SCORING),
    UPDATE_MODEL("POST", "/update-model", Access.OPERATOR, AnsweringFunction.OPERATIONS),
    ROLLBACK("POST", "/operations/rollback", Access.OPERATOR, AnsweringFunction.OPERATIONS),
    SHADOW("POST", "/operations/shadow", Access.OPERATOR, AnsweringFunction.OPERATIONS),
    SHADOW_REPORT("GET", "/operations/shadow", Access.OPERATOR, AnsweringFunction.SCORING),
    APPROVAL("POST", "/operations/approvals", Access.OPERATOR, AnsweringFunction.OPERATIONS),
    ERASURE("POST", "/operations/erasures", Access.OPERATOR, AnsweringFunction.ERASURE),
    EXPORT("POST", "/operations/exports", Access.AUDITOR, AnsweringFunction.OPERATIONS),
    EXPORT_STATE("GET", "/operations/exports/{export_id}", Access.AUDITOR, AnsweringFunction.OPERATIONS),
    READINESS("GET", "/operations/readiness", Access.OPERATOR, AnsweringFunction.SCORING),
    HEALTH("GET", "/health", Access.PUBLIC, AnsweringFunction.PUBLIC),
    DOCUMENTATION_PAGE("GET", "/docs", Access.PUBLIC, AnsweringFunction.PUBLIC),
    DOCUMENTATION_ASSET("GET", "/docs/{asset}", Access.PUBLIC, AnsweringFunction.PUBLIC),
    OPENAPI_DOCUMENT("GET", "/openapi.json", Access.PUBLIC, AnsweringFunction.PUBLIC);

    static final String HEAD = "HEAD";

    /// Who may make a call; API Gateway enforces it.
    public enum Access {
        /// Clients with an API key.
        API_KEY,
        /// Operators, by name and password.
        OPERATOR,
        /// Operators and auditors, by name and password.
        AUDITOR,
        /// Anyone. Only [AnsweringFunction#PUBLIC] may answer such a call.
        PUBLIC
    }

    /// The function that answers a call.
    public enum AnsweringFunction {
        /// Has the model, the database and the queue.
        SCORING,
        /// Changes which model is in production, and orders exports.
        OPERATIONS,
        /// Deletes what is stored about a person.
        ERASURE,
        /// Has access to nothing. It also answers every path and method that is no call: 404 or 405.
        PUBLIC
    }

    private final String method;
    private final String path;
    private final Access access;
    private final AnsweringFunction function;

    ApiRoute(String method, String path, Access access, AnsweringFunction function) {
        this.method = method;
        this.path = path;
        this.access = access;
        this.function = function;
    }

    /// The HTTP method, in upper case.
    public String method() {
        return method;
    }

    /// The methods by which the call can be made: that of the route, and HEAD wherever that is GET (RFC 9110, section
    /// 9.3.2).
    public List<String> methods() {
        return method.equals("GET") ? List.of(method, HEAD) : List.of(method);
    }

    /// The path as API Gateway declares it, with parameters in braces, such as `/predictions/{request_id}`.
    public String path() {
        return path;
    }

    /// Who may make the call.
    public Access access() {
        return access;
    }

    /// Which function answers.
    public AnsweringFunction function() {
        return function;
    }

    /// The routes with that path, one for each method.
    public static List<ApiRoute> at(String path) {
        return Arrays.stream(values()).filter(route -> route.path.equals(path)).toList();
    }
}
