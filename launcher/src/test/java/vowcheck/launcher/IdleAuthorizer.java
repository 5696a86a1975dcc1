package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import vowcheck.adapters.deployment.StackOutput;

/// The operators' authorizer after nobody has called for a while: API Gateway has forgotten its answers, and its
/// environments have ended.
final class IdleAuthorizer {

    /// LocalStack reads the service in it, and checks no signature.
    private static final String SIGNED =
            "AWS4-HMAC-SHA256 Credential=test/20250101/eu-central-1/apigateway/aws4_request, "
                    + "SignedHeaders=host, Signature=none";

    private final LocalSystem system;

    IdleAuthorizer(LocalSystem system) {
        this.system = system;
    }

    /// Makes it so at once.
    void end() {
        forgetAnswers();
        endEnvironments();
    }

    /// Ends its environments only.
    void endEnvironments() {
        for (var process : SystemProcesses.ofFunction(system.folder(), "operator-authorizer")) {
            process.destroyForcibly();
            assertThat(process.onExit()).succeedsWithin(LocalSystem.PATIENCE);
        }
    }

    /// How many environments it has.
    int environments() {
        return SystemProcesses.ofFunction(system.folder(), "operator-authorizer")
                .size();
    }

    /// What API Gateway does by itself within a minute: the call FlushStageAuthorizersCache, without its SDK.
    void forgetAnswers() {
        var call = URI.create("%s/restapis/%s/stages/%s/cache/authorizers"
                .formatted(
                        system.status().text("endpoint_url"),
                        system.output(StackOutput.REST_API_ID),
                        system.output(StackOutput.API_STAGE_NAME)));
        var answer = system.send(HttpRequest.newBuilder(call).DELETE().header("Authorization", SIGNED));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }
}
