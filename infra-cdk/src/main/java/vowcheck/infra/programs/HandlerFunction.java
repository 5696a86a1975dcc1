package vowcheck.infra.programs;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.Network;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// One handler of ours as a Lambda function. SnapStart works for published versions only: whoever calls the
/// function calls its alias [#live].
public final class HandlerFunction extends Construct {
    /// One whole virtual CPU: below it, a Java function waits for its own start.
    private static final int MEMORY_MB = 1769;

    /// Where Lambda unpacks the code.
    public static final String CODE_FOLDER = "/var/task";

    private final Function function;
    private final Alias live;

    /// What all functions of a stage share.
    ///
    /// @param code the one zip
    public record Common(Stage stage, Code code) {}

    /// What a function is.
    ///
    /// @param name short name in logs, alarms and the console, such as `scoring`
    /// @param networks the network that the function runs in, or none
    /// @param settings its environment variables
    public record Props(
            String name,
            Class<? extends RequestStreamHandler> handler,
            String description,
            Duration timeout,
            List<Network> networks,
            Map<Setting, String> settings) {}

    public HandlerFunction(Construct scope, String id, Common common, Props props) {
        super(scope, id);
        var functionName = common.stage().resourceName(props.name());
        var logs = LogGroup.Builder.create(this, "Logs")
                // Where Lambda, and LocalStack whatever it is told, would write anyway.
                .logGroupName("/aws/lambda/" + functionName)
                .retention(common.stage().logRetention())
                .removalPolicy(RemovalPolicy.DESTROY)
                .build();
        var role = Role.Builder.create(this, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("What " + functionName + " may do")
                .build();
        logs.grantWrite(role);
        var builder = Function.Builder.create(this, "Function")
                .functionName(functionName)
                .description(props.description())
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
                .code(common.code())
                .handler(props.handler().getName())
                .memorySize(MEMORY_MB)
                .timeout(props.timeout())
                .role(role)
                .logGroup(logs)
                .tracing(Tracing.ACTIVE)
                .environment(props.settings().entrySet().stream()
                        .collect(Collectors.toMap(setting -> setting.getKey().name(), Map.Entry::getValue)));
        for (var network : props.networks()) {
            role.addToPolicy(networkInterfaces());
            builder.vpc(network.vpc())
                    .vpcSubnets(network.privateSubnets())
                    .securityGroups(List.of(network.workloads()));
        }
        function = builder.build();
        Annotations.of(function)
                .acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias publishes a version");
        live = Alias.Builder.create(this, "Live")
                .aliasName("live")
                .version(function.getCurrentVersion())
                .build();
        Nag.accept(
                role,
                "AwsSolutions-IAM5",
                "X-Ray and Lambda's network interfaces know no narrower resource; the test of policies lists every wildcard");
    }

    /// The function, to grant rights to and to measure.
    public Function function() {
        return function;
    }

    /// What to invoke.
    public Alias live() {
        return live;
    }

    /// As in AWSLambdaVPCAccessExecutionRole, less its right to write to every log group.
    private static PolicyStatement networkInterfaces() {
        return PolicyStatement.Builder.create()
                .actions(List.of(
                        "ec2:AssignPrivateIpAddresses",
                        "ec2:CreateNetworkInterface",
                        "ec2:DeleteNetworkInterface",
                        "ec2:DescribeNetworkInterfaces",
                        "ec2:DescribeSubnets",
                        "ec2:UnassignPrivateIpAddresses"))
                .resources(List.of("*"))
                .build();
    }
}
