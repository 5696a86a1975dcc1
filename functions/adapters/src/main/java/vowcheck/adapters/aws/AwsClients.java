package vowcheck.adapters.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/// Makes the clients, with the HTTP client that starts fastest and with time limits for calls that a person waits
/// for.
public final class AwsClients {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(8);
    private static final Duration COLD_START_LIMIT = Duration.ofSeconds(25);

    /// Of an answer to a command that a person has started.
    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);

    private AwsClients() {}

    /// A new client of S3. It closes each connection after the answer: a model is read before SnapStart's snapshot,
    /// and a connection that is part of a snapshot is dead after the restore. This costs nothing, since models are
    /// looked up less often than the JDK keeps an idle connection.
    public static S3Client s3() {
        return limited(S3Client.builder(), CALL_LIMIT, Map.of("Connection", List.of("close")))
                .build();
    }

    /// A new signer of links to objects in S3. It reads the endpoint of this process's environment as the clients do.
    public static S3Presigner s3Links() {
        return S3Presigner.create();
    }

    /// A new client of Secrets Manager.
    public static SecretsManagerClient secretsManager() {
        return limited(SecretsManagerClient.builder()).build();
    }

    /// A new client of SQS.
    public static SqsClient sqs() {
        return limited(SqsClient.builder()).build();
    }

    public static SfnClient stepFunctions() {
        return limited(SfnClient.builder()).build();
    }

    public static EventBridgeClient eventBridge() {
        return limited(EventBridgeClient.builder()).build();
    }

    /// A new client of Lambda, with a limit that allows for a cold start.
    public static LambdaClient lambda() {
        return limited(LambdaClient.builder(), COLD_START_LIMIT).build();
    }

    /// The HTTP client that starts fastest. Where AWS's services answer over plain HTTP, as LocalStack does, it
    /// prepares no TLS: to read the authorities of the JDK takes longer than some calls.
    ///
    /// @param answerLimit of each answer
    public static SdkHttpClient http(Duration answerLimit) {
        return System.getenv().getOrDefault("AWS_ENDPOINT_URL", "").startsWith("http:")
                ? plainHttp(answerLimit)
                : UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_LIMIT)
                        .socketTimeout(answerLimit)
                        .build();
    }

    /// Makes a client for a command that a person has started: it waits longer than a function does, and repeats calls
    /// as the SDK does by default.
    public static <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C patient(B builder) {
        return builder.httpClient(http(COMMAND_LIMIT)).build();
    }

    private static SdkHttpClient plainHttp(Duration answerLimit) {
        return UrlConnectionHttpClient.create(service -> {
            try {
                var connection = (HttpURLConnection) service.toURL().openConnection();
                connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
                connection.setReadTimeout((int) answerLimit.toMillis());
                return connection;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B limited(B builder) {
        return limited(builder, CALL_LIMIT);
    }

    private static <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B limited(
            B builder, Duration limit) {
        return limited(builder, limit, Map.of());
    }

    private static <B extends AwsSyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B limited(
            B builder, Duration limit, Map<String, List<String>> headers) {
        return builder.httpClient(http(limit))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(limit)
                        .headers(headers)
                        .build());
    }
}
