package vowcheck.infra.api;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.IResource;
import software.amazon.awscdk.services.apigateway.MethodDeploymentOptions;
import software.amazon.awscdk.services.apigateway.MethodOptions;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.lambda.OperatorAuthorizerHandler;

/// The API's ways to MLflow. Operators may make every call; the static files, which are MLflow's own and the same
/// everywhere, may be read by everyone: a page loads forty of them at once.
final class TrackingRoutes {
    private static final String REST = "{proxy+}";
    private static final String REST_OF_REQUEST = "method.request.path.proxy";
    private static final List<String> READING = List.of("GET", "HEAD");

    /// A page view loads 45 files at once, and then none that the browser has kept.
    private static final int FILES_PER_SECOND = 50;

    private static final int FILES_AT_ONCE = 200;

    private TrackingRoutes() {}

    /// Adds the methods below the API's root.
    static void add(IResource root, TrackingServer tracking, IAuthorizer operators) {
        var answers = tracking.answers();
        var options = MethodOptions.builder()
                .authorizer(operators)
                .methodResponses(answers)
                .build();
        var rest = MethodOptions.builder()
                .authorizer(operators)
                .methodResponses(answers)
                .requestParameters(Map.of(REST_OF_REQUEST, true))
                .build();
        var pages = root.addResource(OperatorAuthorizerHandler.MLFLOW_PATH);
        pages.addMethod("ANY", tracking.operatorsCalls("/"), options);
        pages.addResource(REST).addMethod("ANY", tracking.operatorsCalls("/{proxy}", REST_OF_REQUEST), rest);
        var files = pages.addResource(TrackingServer.STATIC_FILES);
        var path = "/" + TrackingServer.STATIC_FILES;
        files.addMethod("ANY", tracking.operatorsCalls(path), options);
        var file = files.addResource(REST);
        file.addMethod("ANY", tracking.operatorsCalls(path + "/{proxy}", REST_OF_REQUEST), rest);
        for (var method : READING) {
            file.addMethod(
                    method,
                    tracking.staticFiles(method, path + "/{proxy}", REST_OF_REQUEST),
                    MethodOptions.builder()
                            .methodResponses(answers)
                            .requestParameters(Map.of(REST_OF_REQUEST, true))
                            .build());
        }
    }

    /// How the API's stage limits each method, by path and method.
    ///
    /// @param usual the limits of the methods that need an operator's password
    static Map<String, MethodDeploymentOptions> limits(MethodDeploymentOptions usual) {
        var files = MethodDeploymentOptions.builder()
                .throttlingRateLimit(FILES_PER_SECOND)
                .throttlingBurstLimit(FILES_AT_ONCE)
                .build();
        var pages = "/" + OperatorAuthorizerHandler.MLFLOW_PATH;
        var folder = pages + "/" + TrackingServer.STATIC_FILES;
        var limits = new TreeMap<String, MethodDeploymentOptions>();
        for (var path : List.of(pages, pages + "/" + REST, folder, folder + "/" + REST)) {
            // The limits of an `ANY` method are set for each method that it stands for.
            OperatorAuthorizerHandler.MLFLOW_METHODS.forEach(method -> limits.put(path + "/" + method, usual));
        }
        READING.forEach(method -> limits.put(folder + "/" + REST + "/" + method, files));
        return limits;
    }
}
