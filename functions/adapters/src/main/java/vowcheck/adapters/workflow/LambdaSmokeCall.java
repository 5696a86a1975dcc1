package vowcheck.adapters.workflow;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.SnapStartNotReadyException;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.workflow.ServingNotReady;
import vowcheck.core.workflow.SmokeCall;
import vowcheck.core.workflow.WorkflowUnavailable;

/// Invokes the scoring function directly instead of through the API, with
/// `{"smoke":{"model_version":…,"manifest_sha256":…}}`.
public final class LambdaSmokeCall implements SmokeCall {

    private final LambdaClient lambda;
    private final String function;

    /// @param function ARN of the serving alias
    public LambdaSmokeCall(LambdaClient lambda, String function) {
        this.lambda = lambda;
        this.function = function;
    }

    @Override
    public Answer answer(ModelIdentity expected) {
        var event = new JsonObject()
                .with("smoke", ModelIdentityJson.add(new JsonObject(), expected))
                .json();
        try {
            var answer =
                    lambda.invoke(request -> request.functionName(function).payload(SdkBytes.fromUtf8String(event)));
            if (answer.functionError() != null) {
                throw new WorkflowUnavailable("the scoring function failed: " + answer.functionError());
            }
            var fields = JsonDocument.parse(answer.payload().asByteArrayUnsafe());
            return new Answer(ModelIdentityJson.read(fields), fields.number("probability"));
        } catch (SnapStartNotReadyException e) {
            throw new ServingNotReady("Lambda is initializing the scoring function's snapshot anew", e);
        } catch (SdkException e) {
            throw new WorkflowUnavailable("Lambda did not invoke the scoring function", e);
        } catch (IllegalArgumentException e) {
            throw new WorkflowUnavailable("the scoring function did not answer the smoke call: " + e.getMessage(), e);
        }
    }
}
