package vowcheck.launcher;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.launcher.setup.CommandFailed;

/// The secrets that the local stage's data stack has made. Somebody may have deleted one: programs that have read it
/// work on, and CloudFormation does not notice.
final class StageSecrets implements AutoCloseable {

    private static final String TYPE = "AWS::SecretsManager::Secret";

    private final CloudFormationClient cloudFormation;
    private final SecretsManagerClient secrets;

    StageSecrets(CloudFormationClient cloudFormation, SecretsManagerClient secrets) {
        this.cloudFormation = cloudFormation;
        this.secrets = secrets;
    }

    static StageSecrets local() {
        return new StageSecrets(AwsClients.patient(CloudFormationClient.builder()), AwsClients.secretsManager());
    }

    /// Throws [CommandFailed], which says what to do, unless all of them can be read.
    void requireAll() {
        var made = made();
        var found = found();
        made.removeAll(found.keySet());
        if (!made.isEmpty()) {
            throw new CommandFailed(
                    "%s: deleted; ./vowcheck down && ./vowcheck up makes new ones".formatted(names(made)));
        }
        var marked = marked(found);
        if (!marked.isEmpty()) {
            throw new CommandFailed("%s: marked for deletion; ./vowcheck up restores them".formatted(names(marked)));
        }
    }

    /// Restores those that are marked for deletion, with their values. Returns their names; none before the stack is
    /// made.
    List<String> restore() {
        var marked = marked(found());
        if (marked.isEmpty()) {
            return List.of();
        }
        marked.retainAll(made());
        marked.forEach(arn -> secrets.restoreSecret(request -> request.secretId(arn)));
        return marked.stream().map(StageSecrets::name).toList();
    }

    private static Set<String> marked(Map<String, Boolean> found) {
        return found.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(toCollection(TreeSet::new));
    }

    /// The ARNs of those that the stack has made; none where it does not exist.
    private Set<String> made() {
        var stack = DeployedStack.DATA.stackName(LocalStage.NAME);
        try {
            return resources(stack);
        } catch (CloudFormationException e) {
            if (StageStacks.isMissing(e)) {
                return new TreeSet<>();
            }
            throw e;
        }
    }

    private Set<String> resources(String stack) {
        return cloudFormation.listStackResourcesPaginator(request -> request.stackName(stack)).stream()
                .flatMap(page -> page.stackResourceSummaries().stream())
                .filter(resource -> TYPE.equals(resource.resourceType()))
                .map(StackResourceSummary::physicalResourceId)
                .collect(toCollection(TreeSet::new));
    }

    /// Those that exist, by ARN, and whether they are marked for deletion.
    private Map<String, Boolean> found() {
        return secrets.listSecretsPaginator(request -> request.includePlannedDeletion(true)).stream()
                .flatMap(page -> page.secretList().stream())
                .filter(secret -> secret.name().startsWith(ResourceNames.only(LocalStage.NAME)))
                .collect(toMap(SecretListEntry::arn, secret -> secret.deletedDate() != null));
    }

    private static String names(Set<String> arns) {
        return String.join(", ", arns.stream().map(StageSecrets::name).toList());
    }

    /// Without the six random characters at the end of an ARN.
    private static String name(String arn) {
        return arn.replaceFirst(".*:secret:", "").replaceFirst("-[^-]*$", "");
    }

    @Override
    public void close() {
        cloudFormation.close();
        secrets.close();
    }
}
