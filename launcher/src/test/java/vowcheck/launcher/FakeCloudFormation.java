package vowcheck.launcher;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/// CloudFormation with given stacks, in memory.
final class FakeCloudFormation implements CloudFormationClient {

    private final Map<String, Stack> stacks = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    void add(String stack, String state, Map<String, String> outputs) {
        var listed = outputs.entrySet().stream()
                .map(output -> Output.builder()
                        .outputKey(output.getKey())
                        .outputValue(output.getValue())
                        .build())
                .toList();
        stacks.put(
                stack,
                Stack.builder()
                        .stackName(stack)
                        .stackStatus(state)
                        .outputs(listed)
                        .build());
    }

    /// The names of the stacks that were asked for.
    List<String> asked() {
        return asked;
    }

    @Override
    public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
        asked.add(request.stackName());
        var stack = stacks.get(request.stackName());
        if (stack == null) {
            throw CloudFormationException.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ValidationError")
                            .errorMessage("Stack with id %s does not exist".formatted(request.stackName()))
                            .build())
                    .statusCode(400)
                    .build();
        }
        return DescribeStacksResponse.builder().stacks(stack).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
