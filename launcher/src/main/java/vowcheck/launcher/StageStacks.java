package vowcheck.launcher;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.setup.CommandFailed;

/// A stage's stacks in CloudFormation, in the account and region of the caller. Each is asked for once, when it is
/// needed.
public final class StageStacks {

    /// CloudFormation has no error of its own for a stack that does not exist.
    private static final String VALIDATION_ERROR = "ValidationError";

    private final StageName stage;
    private final CloudFormationClient cloudFormation;
    private final Map<DeployedStack, Stack> described = new ConcurrentHashMap<>();

    StageStacks(StageName stage, CloudFormationClient cloudFormation) {
        this.stage = stage;
        this.cloudFormation = cloudFormation;
    }

    /// Those of a stage, with the caller's credentials.
    public static StageStacks of(StageName stage) {
        return new StageStacks(stage, AwsClients.patient(CloudFormationClient.builder()));
    }

    /// The outputs of both stacks.
    public Deployment deployment() {
        return new Deployment(
                stack -> described(stack).outputs().stream().collect(toMap(Output::outputKey, Output::outputValue)));
    }

    /// The state of a stack, such as `UPDATE_COMPLETE`.
    String state(DeployedStack stack) {
        return described(stack).stackStatusAsString();
    }

    /// Whether that is how CloudFormation answers a question about a stack that does not exist.
    static boolean isMissing(CloudFormationException failure) {
        return VALIDATION_ERROR.equals(failure.awsErrorDetails().errorCode());
    }

    private Stack described(DeployedStack stack) {
        return described.computeIfAbsent(stack, this::describe);
    }

    private Stack describe(DeployedStack stack) {
        var name = stack.stackName(stage.value());
        try {
            return cloudFormation
                    .describeStacks(request -> request.stackName(name))
                    .stacks()
                    .getFirst();
        } catch (CloudFormationException e) {
            if (isMissing(e)) {
                throw new CommandFailed(
                        "the stage %s is not deployed in this account and region: there is no stack %s"
                                .formatted(stage.value(), name),
                        e);
            }
            throw e;
        }
    }
}
