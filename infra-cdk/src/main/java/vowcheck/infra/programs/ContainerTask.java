package vowcheck.infra.programs;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.ecs.AssetImageProps;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.ICluster;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.JsonPath;
import software.amazon.awscdk.services.stepfunctions.Timeout;
import software.amazon.awscdk.services.stepfunctions.tasks.ContainerOverride;
import software.amazon.awscdk.services.stepfunctions.tasks.EcsFargateLaunchTarget;
import software.amazon.awscdk.services.stepfunctions.tasks.EcsRunTask;
import software.amazon.awscdk.services.stepfunctions.tasks.TaskEnvironmentVariable;
import software.constructs.Construct;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.Network;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// A task of one container on Fargate: ARM64, under the image's own user, with a read-only file system except for
/// /tmp.
///
/// The image must declare /tmp as a volume: Fargate makes root the owner of a volume that the image does not
/// declare.
public final class ContainerTask extends Construct implements Program {
    private static final String SCRATCH = "tmp";

    /// Read by the program `java` in addition to its arguments.
    private static final String JVM_OPTIONS = "JDK_JAVA_OPTIONS";

    private final FargateTaskDefinition definition;
    private final LogGroup logs;
    private final SecurityGroup group;
    private final Props props;
    private @Nullable ContainerDefinition container;

    /// Sorted: a map's own order differs between runs, and so would the template.
    private final SortedMap<String, String> environment = new TreeMap<>();

    /// What a task is.
    ///
    /// @param purpose its role's description
    /// @param codeFolder where the image has its code
    /// @param cpu in 1024ths of a virtual CPU
    public record Props(
            Stage stage,
            Network network,
            DeployedContainer container,
            String purpose,
            String codeFolder,
            int cpu,
            int memoryMib) {}

    public ContainerTask(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        var stage = props.stage();
        var name = props.container().containerName();
        group = props.network().group(this, "Group", "The container " + stage.resourceName(name));
        logs = LogGroup.Builder.create(this, "Logs")
                .logGroupName(ResourceNames.containerLogs(stage.name(), name))
                .retention(stage.observation().logRetention())
                .removalPolicy(stage.dataRemoval())
                .build();
        definition = FargateTaskDefinition.Builder.create(this, "Definition")
                .family(stage.resourceName(name))
                .cpu(props.cpu())
                .memoryLimitMiB(props.memoryMib())
                .runtimePlatform(RuntimePlatform.builder()
                        .cpuArchitecture(CpuArchitecture.ARM64)
                        .operatingSystemFamily(OperatingSystemFamily.LINUX)
                        .build())
                .taskRole(Role.Builder.create(this, "Role")
                        .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                        .description(props.purpose())
                        .build())
                .build();
        definition.addVolume(Volume.builder().name(SCRATCH).build());
    }

    @Override
    public void set(Setting setting, String value) {
        set(setting.name(), value);
    }

    /// Sets an environment variable of a third-party program.
    public void set(String variable, String value) {
        environment.put(variable, value);
    }

    /// Limits the heap of the container's JVM; the image itself does not.
    public void heap(int mib) {
        set(JVM_OPTIONS, "-Xmx%dm".formatted(mib));
    }

    /// The training holds a lock, and of MLflow there is one.
    @Override
    public int mostAtOnce() {
        return 1;
    }

    @Override
    public SecurityGroup group() {
        return group;
    }

    @Override
    public IGrantable grantee() {
        return definition.getTaskRole();
    }

    @Override
    public String codeFolder() {
        return props.codeFolder();
    }

    /// Adds the one container, with the environment that was set before and what all containers have in common.
    ///
    /// @param folder where its Dockerfile is
    public ContainerDefinition add(String folder, ContainerDefinitionOptions.Builder options) {
        var name = props.container().containerName();
        var added = definition.addContainer(
                "Container",
                options.containerName(name)
                        .environment(environment)
                        .essential(true)
                        .image(ContainerImage.fromAsset(
                                folder,
                                AssetImageProps.builder()
                                        .assetName("vowcheck-" + name)
                                        .displayName("vowcheck " + name)
                                        .platform(Platform.LINUX_ARM64)
                                        .build()))
                        .readonlyRootFilesystem(true)
                        .logging(LogDriver.awsLogs(AwsLogDriverProps.builder()
                                .logGroup(logs)
                                .streamPrefix(name)
                                .build()))
                        .build());
        added.addMountPoints(MountPoint.builder()
                .sourceVolume(SCRATCH)
                .containerPath("/tmp")
                .readOnly(false)
                .build());
        container = added;
        return added;
    }

    /// The state of a workflow that runs the task, with the container added before, to its end. What the state is given
    /// is also what it answers.
    ///
    /// @param told settings that differ between runs ([#told(Setting, String)])
    public EcsRunTask run(
            Construct scope, String id, ICluster cluster, Duration timeout, List<TaskEnvironmentVariable> told) {
        return EcsRunTask.Builder.create(scope, id)
                .integrationPattern(IntegrationPattern.RUN_JOB)
                .cluster(cluster)
                .taskDefinition(definition)
                .launchTarget(EcsFargateLaunchTarget.Builder.create().build())
                .subnets(props.network().privateSubnets())
                .securityGroups(List.of(group))
                .assignPublicIp(false)
                .containerOverrides(List.of(ContainerOverride.builder()
                        .containerDefinition(Objects.requireNonNull(container, "the task has no container yet"))
                        .environment(told)
                        .build()))
                .resultPath(JsonPath.DISCARD)
                .taskTimeout(Timeout.duration(timeout))
                .build();
    }

    /// A setting whose value the workflow reads from its state.
    ///
    /// @param path a JSON path
    public static TaskEnvironmentVariable told(Setting setting, String path) {
        return TaskEnvironmentVariable.builder()
                .name(setting.name())
                .value(JsonPath.stringAt(path))
                .build();
    }

    public FargateTaskDefinition definition() {
        return definition;
    }

    /// Accepts cdk-nag's findings; to be called when all rights are granted.
    public void explainToNag() {
        Nag.accept(
                this,
                "AwsSolutions-ECS2",
                "The environment has addresses and names only; secrets come from Secrets Manager");
        Nag.accept(
                this,
                "AwsSolutions-IAM5",
                "ECR's login has no resource, and object names are not known in advance; PoliciesTest lists every wildcard");
    }
}
