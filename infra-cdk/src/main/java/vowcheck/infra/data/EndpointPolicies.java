package vowcheck.infra.data;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.infra.stage.Stage;

/// What may pass each endpoint of the network: the calls that this stage's programs make, of their own
/// resources, with credentials of this account. Without a policy, an endpoint lets everything pass, a bucket of
/// somebody else's account included, to which a program could send what it knows.
///
/// The resources are named by the stage's prefix: the roles say which program may use which of them.
final class EndpointPolicies {
    private final Stack stack;
    private final Stage stage;

    EndpointPolicies(Stack stack, Stage stage) {
        this.stack = stack;
        this.stage = stage;
    }

    /// The model bucket, and the bucket from which ECS pulls the layers of images: it is Amazon's, and ECR's
    /// documentation names it.
    List<PolicyStatement> s3() {
        var bucket = "arn:aws:s3:::" + ResourceNames.modelBucket(stage.name(), stack.getAccount());
        return List.of(
                allow(
                        List.of(
                                "s3:AbortMultipartUpload",
                                "s3:DeleteObject",
                                "s3:DeleteObjectVersion",
                                "s3:GetObject",
                                "s3:ListBucket",
                                "s3:ListBucketVersions",
                                "s3:PutObject"),
                        bucket,
                        bucket + "/*"),
                // ECR itself has signed the links to the layers, as another account.
                PolicyStatement.Builder.create()
                        .principals(List.of(new AnyPrincipal()))
                        .actions(List.of("s3:GetObject"))
                        .resources(List.of("arn:aws:s3:::prod-" + stack.getRegion() + "-starport-layer-bucket/*"))
                        .build());
    }

    List<PolicyStatement> secretsManager() {
        return List.of(allow(
                List.of("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"),
                arn("secretsmanager", "secret", stage.secretName("*"))));
    }

    List<PolicyStatement> sqs() {
        return List.of(allow(
                List.of("sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage", "sqs:ChangeMessageVisibility"),
                named("sqs", stage.resourceName("*"))));
    }

    /// Of the images that this app has published. Asking for a login has no resource.
    List<PolicyStatement> ecr() {
        var login = allow(List.of("ecr:GetAuthorizationToken"), "*");
        return List.of(
                login,
                allow(
                        List.of("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
                        slashed("ecr", "repository", "cdk-*")));
    }

    List<PolicyStatement> logs() {
        return List.of(allow(
                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                arn("logs", "log-group", ResourceNames.containerLogs(stage.name(), "*"))));
    }

    List<PolicyStatement> events() {
        return List.of(allow(List.of("events:PutEvents"), slashed("events", "event-bus", "default")));
    }

    List<PolicyStatement> stepFunctions() {
        return List.of(
                allow(List.of("states:DescribeExecution"), arn("states", "execution", stage.resourceName("*"))),
                allow(List.of("states:SendTaskSuccess"), arn("states", "stateMachine", stage.resourceName("*"))));
    }

    List<PolicyStatement> lambda() {
        return List.of(allow(List.of("lambda:InvokeFunction"), arn("lambda", "function", stage.resourceName("*"))));
    }

    private PolicyStatement allow(List<String> actions, String... resources) {
        return PolicyStatement.Builder.create()
                .principals(List.of(new AnyPrincipal()))
                .actions(actions)
                .resources(List.of(resources))
                .conditions(Map.of("StringEquals", Map.of("aws:PrincipalAccount", stack.getAccount())))
                .build();
    }

    private String arn(String service, String resource, String name) {
        return arn(service, resource, name, ArnFormat.COLON_RESOURCE_NAME);
    }

    private String slashed(String service, String resource, String name) {
        return arn(service, resource, name, ArnFormat.SLASH_RESOURCE_NAME);
    }

    private String arn(String service, String resource, String name, ArnFormat format) {
        return stack.formatArn(ArnComponents.builder()
                .service(service)
                .resource(resource)
                .resourceName(name)
                .arnFormat(format)
                .build());
    }

    private String named(String service, String name) {
        return stack.formatArn(ArnComponents.builder()
                .service(service)
                .resource(name)
                .arnFormat(ArnFormat.NO_RESOURCE_NAME)
                .build());
    }
}
