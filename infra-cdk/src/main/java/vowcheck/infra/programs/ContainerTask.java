package vowcheck.infra.programs;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.ecs.AssetImageProps;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.ContainerDefinition;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.MountPoint;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.ecs.Volume;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// One container of ours on Fargate: ARM64, as its image's own user, with nothing to write to but /tmp.
///
/// The image must declare /tmp as a volume: Fargate gives a volume that an image does not know to root.
public final class ContainerTask extends Construct {
    private static final String SCRATCH = "tmp";

    private final FargateTaskDefinition definition;
    private final LogGroup logs;
    private final String name;

    /// What a task is.
    ///
    /// @param name the container's name, such as `training`; the task's name is made of it
    /// @param cpu in 1024ths of a virtual CPU
    public record Props(Stage stage, String name, String purpose, int cpu, int memoryMib) {}

    public ContainerTask(Construct scope, String id, Props props) {
        super(scope, id);
        name = props.name();
        var taskName = props.stage().resourceName(name);
        logs = LogGroup.Builder.create(this, "Logs")
                .logGroupName("/aws/ecs/" + taskName)
                .retention(props.stage().logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        definition = FargateTaskDefinition.Builder.create(this, "Definition")
                .family(taskName)
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

    /// Adds the one container, with what every container of ours has.
    ///
    /// @param folder where its Dockerfile is
    public ContainerDefinition add(String folder, ContainerDefinitionOptions.Builder options) {
        var container = definition.addContainer(
                "Container",
                options.containerName(name)
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
        container.addMountPoints(MountPoint.builder()
                .sourceVolume(SCRATCH)
                .containerPath("/tmp")
                .readOnly(false)
                .build());
        return container;
    }

    public FargateTaskDefinition definition() {
        return definition;
    }

    /// Once all rights are granted.
    public void explainToNag() {
        Nag.accept(
                this,
                "AwsSolutions-ECS2",
                "The environment says where things are; secrets are named there, or come from Secrets Manager");
        Nag.accept(
                this,
                "AwsSolutions-IAM5",
                "The login to ECR knows no resource, and objects get their names at work; the test of policies lists every wildcard");
    }

    /// In one order: a map's own may differ between runs, and so would the template.
    public static Map<String, String> environment(Map<Setting, String> settings) {
        var environment = new TreeMap<String, String>();
        settings.forEach((setting, value) -> environment.put(setting.name(), value));
        return environment;
    }
}
