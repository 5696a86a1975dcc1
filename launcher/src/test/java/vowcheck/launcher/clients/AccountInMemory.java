package vowcheck.launcher.clients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyResponse;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/// What the commands about API keys use of an account with a stage `dev`, in memory.
final class AccountInMemory {

    /// The texts of the secrets by their names.
    final Map<String, String> secrets = new TreeMap<>();

    /// The names of the usage plans.
    final Set<String> plans = new HashSet<>();

    /// API Gateway's keys by their ids there.
    final Map<String, ApiKey> keys = new TreeMap<>();

    private final Map<String, Set<String>> keysOfPlans = new HashMap<>();
    private byte @Nullable [] ends;
    private boolean deletes = true;
    private Runnable afterWrite = () -> {};

    /// Adds a client as a deployment does.
    void deploy(String client) {
        secrets.put("vowcheck-dev/clients/" + client, "{\"keys\":[]}");
        plans.add("vowcheck-dev-client-" + client);
    }

    /// Adds a key to a client's usage plan as somebody does by hand in API Gateway.
    void addByHand(String id, String name, String client) {
        keys.put(id, ApiKey.builder().id(id).name(name).value("made-by-hand").build());
        keysOfPlans
                .computeIfAbsent("vowcheck-dev-client-" + client, _ -> new HashSet<>())
                .add(id);
    }

    /// Whether API Gateway deletes keys from now on.
    void deletes(boolean now) {
        deletes = now;
    }

    /// Does something after the next write of a secret, as another caller may.
    void afterWrite(Runnable act) {
        afterWrite = act;
    }

    /// The text of the object with the ends; empty if there is none.
    String endsText() {
        return ends == null ? "" : new String(ends, StandardCharsets.UTF_8);
    }

    /// Whether API Gateway admits a value.
    boolean admits(String value) {
        return keys.entrySet().stream()
                .filter(key -> key.getValue().value().equals(value))
                .anyMatch(key -> keysOfPlans.values().stream().anyMatch(of -> of.contains(key.getKey())));
    }

    StageKeys.Services services() {
        return new StageKeys.Services(new SecretsInMemory(), new GatewayInMemory(), new BucketInMemory());
    }

    private final class SecretsInMemory implements SecretsManagerClient {

        @Override
        public ListSecretsResponse listSecrets(ListSecretsRequest request) {
            return ListSecretsResponse.builder()
                    .secretList(secrets.keySet().stream()
                            .map(name -> SecretListEntry.builder()
                                    .name(name)
                                    .arn("arn:aws:secretsmanager:eu-central-1:000000000000:secret:" + name + "-AbCdEf")
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            var text = secrets.get(request.secretId());
            if (text == null) {
                throw ResourceNotFoundException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ResourceNotFoundException")
                                .build())
                        .statusCode(400)
                        .build();
            }
            return GetSecretValueResponse.builder().secretString(text).build();
        }

        @Override
        public PutSecretValueResponse putSecretValue(PutSecretValueRequest request) {
            secrets.put(request.secretId(), request.secretString());
            var act = afterWrite;
            afterWrite = () -> {};
            act.run();
            return PutSecretValueResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final class GatewayInMemory implements ApiGatewayClient {

        @Override
        public GetUsagePlansResponse getUsagePlans(GetUsagePlansRequest request) {
            return GetUsagePlansResponse.builder()
                    .items(plans.stream()
                            .map(name -> UsagePlan.builder()
                                    .id(name)
                                    .name(name)
                                    .quota(quota -> quota.limit(100))
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public GetApiKeysResponse getApiKeys(GetApiKeysRequest request) {
            return GetApiKeysResponse.builder().items(keys.values()).build();
        }

        @Override
        public GetUsagePlanKeysResponse getUsagePlanKeys(GetUsagePlanKeysRequest request) {
            return GetUsagePlanKeysResponse.builder()
                    .items(keys.values().stream()
                            .filter(key -> keysOfPlans
                                    .getOrDefault(request.usagePlanId(), Set.of())
                                    .contains(key.id()))
                            .map(key -> UsagePlanKey.builder()
                                    .id(key.id())
                                    .name(key.name())
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public GetUsageResponse getUsage(GetUsageRequest request) {
            return GetUsageResponse.builder()
                    .items(Map.of("gateway-1", List.of(List.of(3L, 97L))))
                    .build();
        }

        @Override
        public CreateApiKeyResponse createApiKey(CreateApiKeyRequest request) {
            var id = "gateway-" + (keys.size() + 1);
            keys.put(
                    id,
                    ApiKey.builder()
                            .id(id)
                            .name(request.name())
                            .value(request.value())
                            .enabled(request.enabled())
                            .build());
            return CreateApiKeyResponse.builder().id(id).build();
        }

        @Override
        public DeleteApiKeyResponse deleteApiKey(DeleteApiKeyRequest request) {
            if (!deletes) {
                throw SdkClientException.create("API Gateway does not answer");
            }
            keys.remove(request.apiKey());
            return DeleteApiKeyResponse.builder().build();
        }

        @Override
        public CreateUsagePlanKeyResponse createUsagePlanKey(CreateUsagePlanKeyRequest request) {
            keysOfPlans
                    .computeIfAbsent(request.usagePlanId(), _ -> new HashSet<>())
                    .add(request.keyId());
            return CreateUsagePlanKeyResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final class BucketInMemory implements S3Client {

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            if (ends == null) {
                throw NoSuchKeyException.builder().statusCode(404).build();
            }
            try {
                return transformer.transform(
                        GetObjectResponse.builder().build(),
                        AbortableInputStream.create(new ByteArrayInputStream(ends)));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            try (var content = body.contentStreamProvider().newStream()) {
                ends = content.readAllBytes();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return PutObjectResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
