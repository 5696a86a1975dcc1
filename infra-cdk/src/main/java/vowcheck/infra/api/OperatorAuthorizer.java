package vowcheck.infra.api;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.apigateway.IAuthorizer;
import software.amazon.awscdk.services.apigateway.IdentitySource;
import software.amazon.awscdk.services.apigateway.RequestAuthorizer;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.AccessSecrets;
import vowcheck.infra.data.TrackingSecrets;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.OperatorAuthorizerHandler;

/// Admits operators by Basic credentials, and replaces them by MLflow's own on the way to MLflow.
public final class OperatorAuthorizer extends Construct {
    private final HandlerFunction function;
    private final RequestAuthorizer authorizer;

    /// The secrets that the authorizer reads.
    public record Resources(AccessSecrets access, TrackingSecrets tracking) {}

    public OperatorAuthorizer(Construct scope, String id, HandlerFunction.Common common, Resources resources) {
        super(scope, id);
        function = new HandlerFunction(
                this,
                "Authorize",
                common,
                new HandlerFunction.Props(
                        "operator-authorizer",
                        OperatorAuthorizerHandler.class,
                        OperatorAuthorizerHandler.SETTINGS,
                        "Checks operators' credentials",
                        Duration.seconds(10),
                        List.of(),
                        // API Gateway keeps its answers: only new pairs of name and password reach it, which anyone
                        // can make up.
                        HandlerFunction.Capacity.ofEnvironments(20),
                        HandlerFunction.Start.PLAIN));
        function.set(Setting.STAGE, common.stage().name());
        function.readsSecret(Setting.OPERATORS_SECRET, resources.access().operators());
        function.readsSecret(Setting.MLFLOW_SECRET, resources.tracking().admin());
        authorizer = RequestAuthorizer.Builder.create(this, "Authorizer")
                .handler(function.live())
                .identitySources(List.of(IdentitySource.header("Authorization")))
                // One decision for all paths: the policy in it lists the calls of the person's role.
                .resultsCacheTtl(Duration.seconds(OperatorAuthorizerHandler.ANSWER_AGE.toSeconds()))
                .build();
    }

    /// Guards the operators' methods.
    public IAuthorizer authorizer() {
        return authorizer;
    }

    /// The function that decides.
    public HandlerFunction function() {
        return function;
    }
}
