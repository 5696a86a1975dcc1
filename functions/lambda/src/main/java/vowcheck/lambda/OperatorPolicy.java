package vowcheck.lambda;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.lambda.http.ApiRoute;

/// The policy that decides about all calls of a person for as long as API Gateway keeps it: it allows every call that
/// the role may make through the authorizer, and no other.
final class OperatorPolicy {

    private static final String ANY = "*";

    private static final String MLFLOW = "/" + OperatorAuthorizerHandler.MLFLOW_PATH;

    private OperatorPolicy() {}

    /// @param methodArn the method that was called; its first two segments name the API and its stage
    static JsonObject of(OperatorRole role, String methodArn) {
        var stage = stage(methodArn);
        var statement = new JsonObject()
                .with("Action", "execute-api:Invoke")
                .with("Effect", "Allow")
                .with("Resource", calls(role).map(call -> stage + "/" + call).toList());
        return new JsonObject().with("Version", "2012-10-17").with("Statement", List.of(statement));
    }

    /// Methods and paths, with `*` for what varies. Who reads a request's predictions needs a key: such a call does not
    /// pass the authorizer, and the scoring function checks the person.
    private static Stream<String> calls(OperatorRole role) {
        return switch (role) {
            case OPERATOR ->
                Stream.of(
                                calls(ApiRoute.Access.OPERATOR),
                                calls(ApiRoute.Access.AUDITOR),
                                // Each method by its name: a `*` would also stand for one with the beginning of another
                                // path.
                                OperatorAuthorizerHandler.MLFLOW_METHODS.stream()
                                        .flatMap(method -> Stream.of(method + MLFLOW, method + MLFLOW + "/" + ANY)))
                        .flatMap(calls -> calls);
            case AUDITOR -> calls(ApiRoute.Access.AUDITOR);
        };
    }

    private static Stream<String> calls(ApiRoute.Access access) {
        return Arrays.stream(ApiRoute.values())
                .filter(route -> route.access() == access)
                .flatMap(OperatorPolicy::calls);
    }

    private static Stream<String> calls(ApiRoute route) {
        var path = route.path().replaceAll("\\{[^}]*}", ANY);
        return route.methods().stream().map(method -> method + path);
    }

    private static String stage(String methodArn) {
        var segments = methodArn.split("/", 3);
        if (segments.length < 3) {
            throw new IllegalArgumentException(
                    "methodArn is '%s', expected arn:…:API/STAGE/METHOD/PATH".formatted(methodArn));
        }
        return segments[0] + "/" + segments[1];
    }
}
