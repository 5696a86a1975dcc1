package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.setup.CommandFailed;

class StageStacksTest {

    private final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    private final StageStacks stacks = new StageStacks(StageName.DEV, cloudFormation);

    @Test
    void anOutputIsThatOfItsStack() {
        cloudFormation.add("vowcheck-dev-data", Map.of("ModelBucketName", "vowcheck-dev-models"));
        cloudFormation.add("vowcheck-dev-service", Map.of("RestApiId", "a1b2c3"));
        var deployment = stacks.deployment();

        assertThat(deployment.output(StackOutput.MODEL_BUCKET_NAME)).isEqualTo("vowcheck-dev-models");
        assertThat(deployment.output(StackOutput.REST_API_ID)).isEqualTo("a1b2c3");
    }

    @Test
    void onlyTheStacksThatAreNeededAreAskedForAndOnlyOnce() {
        cloudFormation.add("vowcheck-dev-service", Map.of("RestApiId", "a1b2c3", "ApiStageName", "v1"));
        var deployment = stacks.deployment();
        deployment.output(StackOutput.REST_API_ID);
        deployment.output(StackOutput.API_STAGE_NAME);

        assertThat(cloudFormation.asked).containsExactly("vowcheck-dev-service");
    }

    @Test
    void aStageThatIsNotDeployedIsNamedWithItsStack() {
        assertThatThrownBy(() -> stacks.deployment().output(StackOutput.REST_API_ID))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the stage dev is not deployed in this account and region: there is no stack"
                        + " vowcheck-dev-service");
    }

    @Test
    void anOutputThatTheDeployedReleaseDoesNotHaveIsNamed() {
        cloudFormation.add("vowcheck-dev-service", Map.of());

        assertThatThrownBy(() -> stacks.deployment().output(StackOutput.REST_API_ID))
                .hasMessage("the stage has no output RestApiId: deploy it again, with this release");
    }

    /// CloudFormation with given stacks, in memory.
    private static final class FakeCloudFormation implements CloudFormationClient {

        private final Map<String, Map<String, String>> stacks = new HashMap<>();
        private final List<String> asked = new ArrayList<>();

        private void add(String stack, Map<String, String> outputs) {
            stacks.put(stack, outputs);
        }

        @Override
        public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
            asked.add(request.stackName());
            var outputs = stacks.get(request.stackName());
            if (outputs == null) {
                throw CloudFormationException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ValidationError")
                                .errorMessage("Stack with id %s does not exist".formatted(request.stackName()))
                                .build())
                        .statusCode(400)
                        .build();
            }
            var listed = outputs.entrySet().stream()
                    .map(output -> Output.builder()
                            .outputKey(output.getKey())
                            .outputValue(output.getValue())
                            .build())
                    .toList();
            return DescribeStacksResponse.builder()
                    .stacks(Stack.builder()
                            .stackName(request.stackName())
                            .stackStatus("UPDATE_COMPLETE")
                            .outputs(listed)
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
