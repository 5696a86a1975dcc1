package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.RestoreSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import vowcheck.launcher.setup.CommandFailed;

class StageSecretsTest {

    private static final String ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:%s-AbCdEf";

    private final TreeSet<String> made = new TreeSet<>();
    private boolean stack = true;

    /// Whether a secret is marked for deletion, by its name.
    private final Map<String, Boolean> found = new TreeMap<>();

    private final StageSecrets secrets = new StageSecrets(new DataStackInMemory(), new SecretsOfTheAccount());

    @BeforeEach
    void twoSecretsOfTheStageAndOneOfSomebodyElse() {
        for (var name : new String[] {"vowcheck-local/database/owner", "vowcheck-local/operators"}) {
            made.add(name);
            found.put(name, false);
        }
        found.put("mine", true);
    }

    @Test
    void allThatTheStackHasMadeAreThere() {
        assertThatCode(secrets::requireAll).doesNotThrowAnyException();
        assertThat(secrets.restore()).isEmpty();
    }

    @Test
    void whatIsMarkedForDeletionIsNamedAndRestored() {
        found.put("vowcheck-local/operators", true);
        assertThatThrownBy(secrets::requireAll)
                .isInstanceOf(CommandFailed.class)
                .hasMessage("vowcheck-local/operators: marked for deletion; ./vowcheck up restores them");

        assertThat(secrets.restore()).containsExactly("vowcheck-local/operators");

        assertThat(found).containsEntry("vowcheck-local/operators", false).containsEntry("mine", true);
    }

    @Test
    void withoutAStackNothingIsRestored() {
        found.put("vowcheck-local/operators", true);
        stack = false;

        assertThat(secrets.restore()).isEmpty();

        assertThat(found).containsEntry("vowcheck-local/operators", true);
    }

    @Test
    void whatIsGoneIsNamed() {
        found.remove("vowcheck-local/database/owner");

        assertThatThrownBy(secrets::requireAll)
                .isInstanceOf(CommandFailed.class)
                .hasMessage("vowcheck-local/database/owner: deleted; ./vowcheck down && ./vowcheck up makes new ones");
    }

    private final class DataStackInMemory implements CloudFormationClient {

        @Override
        public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
            assertThat(request.stackName()).isEqualTo("vowcheck-local-data");
            if (!stack) {
                throw CloudFormationException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ValidationError")
                                .errorMessage("Stack with id vowcheck-local-data does not exist")
                                .build())
                        .build();
            }
            var secrets = made.stream().map(name -> resource("AWS::SecretsManager::Secret", ARN.formatted(name)));
            var others = Stream.of(resource("AWS::SQS::Queue", "a queue"));
            return ListStackResourcesResponse.builder()
                    .stackResourceSummaries(Stream.concat(secrets, others).toList())
                    .build();
        }

        private static StackResourceSummary resource(String type, String id) {
            return StackResourceSummary.builder()
                    .resourceType(type)
                    .physicalResourceId(id)
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final class SecretsOfTheAccount implements SecretsManagerClient {

        @Override
        public ListSecretsResponse listSecrets(ListSecretsRequest request) {
            return ListSecretsResponse.builder()
                    .secretList(found.entrySet().stream()
                            .filter(secret -> request.includePlannedDeletion() || !secret.getValue())
                            .map(secret -> SecretListEntry.builder()
                                    .name(secret.getKey())
                                    .arn(ARN.formatted(secret.getKey()))
                                    .deletedDate(secret.getValue() ? Instant.EPOCH : null)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public RestoreSecretResponse restoreSecret(RestoreSecretRequest request) {
            found.replaceAll((name, marked) -> marked && !ARN.formatted(name).equals(request.secretId()));
            return RestoreSecretResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
