package vowcheck.infra.programs;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.Network;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// A handler as a Lambda function. Callers invoke the alias [#live] of a published version: SnapStart works for
/// these only, and a deployment moves the callers from one to the next.
public class HandlerFunction extends Construct implements Program {
    /// For functions that answer the API: a little less than API Gateway waits, so that the function, not the
    /// gateway, reports the time-out.
    public static final Duration ANSWER_TIMEOUT = Duration.seconds(28);

    /// Where Lambda unpacks the code.
    private static final String CODE_FOLDER = "/var/task";

    private final Function function;
    private final Alias live;
    private final Capacity capacity;
    private @Nullable SecurityGroup group;
    private final Map<String, String> environment = new HashMap<>();

    /// What all functions of a stage share.
    public record Common(Stage stage, FunctionAssets code) {}

    /// What a function is.
    ///
    /// @param name short name in logs, alarms and the console, such as `scoring`
    /// @param settings the settings that the handler declares; the synthesis fails unless the function is given
    ///     exactly these
    /// @param networks the network that the function runs in, or none
    /// @param start what a new environment starts from
    public record Props(
            String name,
            Class<? extends RequestStreamHandler> handler,
            Set<Setting> settings,
            String description,
            Duration timeout,
            List<Network> networks,
            Capacity capacity,
            Start start) {
        /// Props with the usual capacity and start.
        public Props(
                String name,
                Class<? extends RequestStreamHandler> handler,
                Set<Setting> settings,
                String description,
                Duration timeout,
                List<Network> networks) {
            this(name, handler, settings, description, timeout, networks, Capacity.USUAL, Start.PLAIN);
        }
    }

    /// What a new environment starts from.
    public enum Start {
        /// The code: the JVM starts, and the handler is constructed. Takes a second or two.
        PLAIN,

        /// SnapStart's snapshot of an environment in which that has happened. Lambda puts the snapshot aside if
        /// a version was not invoked for 14 days, and then fails every call for minutes
        /// (`SnapStartNotReadyException`): only for a function that something invokes more often than that,
        /// whether people do or not.
        SNAPSHOT
    }

    /// How much a function may use.
    ///
    /// @param memoryMb also decides its share of a CPU
    /// @param reservedConcurrency the most environments at once, which no other function can take
    public record Capacity(int memoryMb, int reservedConcurrency) {
        /// One whole virtual CPU: with less, the start of a Java function is bound by the CPU.
        private static final int WHOLE_CPU_MB = 1769;

        /// For a function that one event at a time invokes: the second environment takes an event that is delivered
        /// twice.
        private static final Capacity USUAL = ofEnvironments(2);

        /// A whole virtual CPU for each of so many environments.
        public static Capacity ofEnvironments(int most) {
            return new Capacity(WHOLE_CPU_MB, most);
        }
    }

    @SuppressWarnings("this-escape") // like every construct, it registers itself with its scope
    public HandlerFunction(Construct scope, String id, Common common, Props props) {
        super(scope, id);
        capacity = props.capacity();
        var functionName = common.stage().resourceName(props.name());
        var logs = LogGroup.Builder.create(this, "Logs")
                // Where Lambda writes by default, and LocalStack whatever it is told.
                .logGroupName(ResourceNames.functionLogs(common.stage().name(), props.name()))
                .retention(common.stage().observation().logRetention())
                .removalPolicy(common.stage().dataRemoval())
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
                .code(common.code().of(props.settings()))
                .handler(props.handler().getName())
                .memorySize(props.capacity().memoryMb())
                .reservedConcurrentExecutions(props.capacity().reservedConcurrency())
                .timeout(props.timeout())
                .role(role)
                .logGroup(logs)
                .tracing(Tracing.ACTIVE);
        if (props.start() == Start.SNAPSHOT) {
            builder.snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS);
        }
        for (var network : props.networks()) {
            var inNetwork = network.group(this, "Group", "The function " + functionName);
            group = inNetwork;
            role.addToPolicy(networkInterfaces());
            builder.vpc(network.vpc()).vpcSubnets(network.privateSubnets()).securityGroups(List.of(inNetwork));
        }
        function = builder.build();
        Annotations.of(function)
                .acknowledgeWarning("@aws-cdk/aws-lambda:snapStartRequirePublish", "The alias publishes a version");
        live = Alias.Builder.create(this, "Live")
                .aliasName(ResourceNames.LIVE_ALIAS)
                .version(function.getCurrentVersion())
                .build();
        getNode().addValidation(new SettingsValidation(props.handler(), props.settings(), environment));
        Nag.accept(
                role,
                "AwsSolutions-IAM5",
                "X-Ray and Lambda's network interfaces have no narrower resource; PoliciesTest lists every wildcard");
    }

    @Override
    public final void set(Setting setting, String value) {
        environment.put(setting.name(), value);
        function.addEnvironment(setting.name(), value);
    }

    @Override
    public final SecurityGroup group() {
        if (group == null) {
            throw new IllegalStateException("the function " + getNode().getPath() + " is in no network");
        }
        return group;
    }

    @Override
    public final int mostAtOnce() {
        return capacity.reservedConcurrency();
    }

    @Override
    public final IGrantable grantee() {
        return function;
    }

    @Override
    public final String codeFolder() {
        return CODE_FOLDER;
    }

    /// Allows the function one action on one resource.
    public final void may(String action, String resourceArn) {
        Grant.addToPrincipal(GrantOnPrincipalOptions.builder()
                .grantee(function)
                .actions(List.of(action))
                .resourceArns(List.of(resourceArn))
                .build());
    }

    /// The function's name.
    public final String name() {
        return function.getFunctionName();
    }

    /// The function itself, to measure it. Callers invoke [#live].
    public final Function function() {
        return function;
    }

    /// The alias to invoke.
    public final Alias live() {
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
