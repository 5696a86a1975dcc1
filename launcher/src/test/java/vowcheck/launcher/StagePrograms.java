package vowcheck.launcher;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StackOutput;

/// The functions, container tasks and workflows of a local system: by short names such as `scoring`, their roles, their
/// logs and their processes.
final class StagePrograms implements AutoCloseable {

    private static final String PREFIX = ResourceNames.resource(LocalStage.NAME, "");

    private final LocalSystem system;
    private final LambdaClient lambda;
    private final EcsClient ecs;
    private final SfnClient stepFunctions;
    private final CloudWatchLogsClient logs;

    StagePrograms(LocalSystem system) {
        this.system = system;
        lambda = system.aws(LambdaClient.builder());
        ecs = system.aws(EcsClient.builder());
        stepFunctions = system.aws(SfnClient.builder());
        logs = system.aws(CloudWatchLogsClient.builder());
    }

    /// The names of the functions and tasks; CDK's own function, which is no Java, is not one of the stage.
    SortedSet<String> names() {
        var names = lambda.listFunctionsPaginator().functions().stream()
                .filter(function -> requireNonNull(function.runtimeAsString()).startsWith("java"))
                .map(FunctionConfiguration::functionName)
                .map(name -> name.substring(PREFIX.length()))
                .collect(toCollection(TreeSet::new));
        Arrays.stream(DeployedContainer.values())
                .map(DeployedContainer::containerName)
                .forEach(names::add);
        return names;
    }

    /// The ARN of the role with which a function, or the container of a task, calls AWS.
    String role(String program) {
        return isTask(program)
                ? ecs.describeTaskDefinition(task -> task.taskDefinition(PREFIX + program))
                        .taskDefinition()
                        .taskRoleArn()
                : lambda.getFunctionConfiguration(function -> function.functionName(PREFIX + program))
                        .role();
    }

    /// The ARN of the role of a workflow.
    String role(StackOutput stateMachine) {
        var arn = system.output(stateMachine);
        return stepFunctions
                .describeStateMachine(machine -> machine.stateMachineArn(arn))
                .roleArn();
    }

    /// What a function answers to an event that is empty; its own error, if it fails.
    String invoke(String function) {
        return lambda.invoke(call -> call.functionName(PREFIX + function).qualifier(ResourceNames.LIVE_ALIAS))
                .payload()
                .asUtf8String();
    }

    /// Whether the log of a function or task has a line with a text.
    boolean hasLogged(String program, String text) {
        var group = isTask(program)
                ? ResourceNames.containerLogs(LocalStage.NAME, program)
                : ResourceNames.functionLogs(LocalStage.NAME, program);
        return logs.filterLogEventsPaginator(filter -> filter.logGroupName(group)).events().stream()
                .map(FilteredLogEvent::message)
                .anyMatch(message -> message.contains(text));
    }

    /// Ends the environments of a function, which remember its secrets.
    void end(String program) {
        for (var process : SystemProcesses.ofFunction(system.folder(), program)) {
            process.destroyForcibly();
            assertThat(process.onExit()).succeedsWithin(LocalSystem.PATIENCE);
        }
    }

    private static boolean isTask(String program) {
        return Arrays.stream(DeployedContainer.values())
                .anyMatch(container -> container.containerName().equals(program));
    }

    @Override
    public void close() {
        logs.close();
        stepFunctions.close();
        ecs.close();
        lambda.close();
    }
}
