package vowcheck.launcher;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.ListExecutionsRequest;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.StateEnteredEventDetails;
import vowcheck.adapters.deployment.StageName;

/// Step Functions with given executions, in memory.
final class FakeStepFunctions implements SfnClient {

    private static final int PAGE = 100;

    private final List<ExecutionListItem> executions = new ArrayList<>();
    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, String> waiting = new HashMap<>();
    private final Set<String> ending = new HashSet<>();
    private final StageName stage;
    private int lists;

    /// Those of a local stage.
    FakeStepFunctions() {
        this(StageName.LOCAL);
    }

    FakeStepFunctions(StageName stage) {
        this.stage = stage;
    }

    /// The executions of this client; closing them closes nothing.
    WorkflowExecutions executions() {
        return new WorkflowExecutions(stage, this, FakeStepFunctions::machine);
    }

    void add(WorkflowKind kind, String name, ExecutionStatus status, Instant started, String input) {
        var arn = machine(kind) + ":" + name;
        executions.add(ExecutionListItem.builder()
                .executionArn(arn)
                .stateMachineArn(machine(kind))
                .name(name)
                .status(status)
                .startDate(started)
                .build());
        inputs.put(arn, input);
    }

    /// Makes the running ones end as soon as somebody looks at them.
    void endWhenLookedAt() {
        executions.stream()
                .filter(item -> item.status() == ExecutionStatus.RUNNING)
                .forEach(item -> ending.add(item.executionArn()));
    }

    /// How often executions were listed.
    int lists() {
        return lists;
    }

    @Override
    public ListExecutionsResponse listExecutions(ListExecutionsRequest request) {
        lists++;
        var listed = executions.stream()
                .filter(item -> item.stateMachineArn().equals(request.stateMachineArn()))
                .filter(item -> request.statusFilter() == null || item.status() == request.statusFilter())
                .sorted(Comparator.comparing(ExecutionListItem::startDate).reversed())
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(listed.size(), from + Objects.requireNonNullElse(request.maxResults(), PAGE));
        return ListExecutionsResponse.builder()
                .executions(listed.subList(from, to))
                .nextToken(to < listed.size() ? String.valueOf(to) : null)
                .build();
    }

    @Override
    public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
        if (ending.remove(request.executionArn())) {
            executions.replaceAll(item -> item.executionArn().equals(request.executionArn())
                    ? item.toBuilder().status(ExecutionStatus.FAILED).build()
                    : item);
        }
        return DescribeExecutionResponse.builder()
                .executionArn(request.executionArn())
                .status(executions.stream()
                        .filter(item -> item.executionArn().equals(request.executionArn()))
                        .findFirst()
                        .orElseThrow()
                        .status())
                .input(inputs.get(request.executionArn()))
                .build();
    }

    /// Makes a training wait for approval of a version.
    void awaitApproval(String name, String version) {
        waiting.put(machine(WorkflowKind.TRAINING) + ":" + name, version);
    }

    @Override
    public GetExecutionHistoryResponse getExecutionHistory(GetExecutionHistoryRequest request) {
        @Nullable String version = waiting.get(request.executionArn());
        var state = version == null
                ? StateEnteredEventDetails.builder().name("Train").input("{}").build()
                : StateEnteredEventDetails.builder()
                        .name("AwaitApproval")
                        .input("{\"promotion\":{\"model_version\":\"%s\"}}".formatted(version))
                        .build();
        return GetExecutionHistoryResponse.builder()
                .events(HistoryEvent.builder()
                        .id(1L)
                        .stateEnteredEventDetails(state)
                        .build())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}

    private static String machine(WorkflowKind kind) {
        return "arn:aws:states:eu-central-1:1:stateMachine:vowcheck-dev-" + kind.word();
    }
}
