package vowcheck.lambda.http;

import java.util.Arrays;
import java.util.List;

/// The calls of the HTTP API, and who may make them. Handlers dispatch by them, the CDK app builds the API from them,
/// and a test compares the OpenAPI document with them.
public enum ApiRoute {
    PREDICT("POST", "/predict", Access.API_KEY),
    BATCH_PREDICT("POST", "/batch_predict", Access.API_KEY),
    STORED_PREDICTIONS("GET", "/predictions/{request_id}", Access.API_KEY),
    MODEL_INFO("GET", "/model-info", Access.API_KEY),
    UPDATE_MODEL("POST", "/update-model", Access.OPERATOR),
    ROLLBACK("POST", "/operations/rollback", Access.OPERATOR),
    DOCUMENTATION_PAGE("GET", "/docs", Access.OPEN),
    DOCUMENTATION_ASSET("GET", "/docs/{asset}", Access.OPEN),
    OPENAPI_DOCUMENT("GET", "/openapi.json", Access.OPEN);

    static final String HEAD = "HEAD";

    /// Who may make a call; API Gateway enforces it.
    public enum Access {
        /// Clients with an API key.
        API_KEY,
        /// Operators, by name and password.
        OPERATOR,
        /// Anyone.
        OPEN
    }

    private final String method;
    private final String path;
    private final Access access;

    ApiRoute(String method, String path, Access access) {
        this.method = method;
        this.path = path;
        this.access = access;
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

    /// The routes with that path, one for each method.
    public static List<ApiRoute> at(String path) {
        return Arrays.stream(values()).filter(route -> route.path.equals(path)).toList();
    }
}
