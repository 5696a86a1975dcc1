package vowcheck.launcher.preflight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import tools.jackson.jr.ob.JSON;

/// Calls of AWS by its JSON protocol, for the few operations of services whose modules of the SDK weigh as much as the
/// whole launcher.
///
/// @param endpoint where every service answers, if it is not AWS itself
record SignedJson(SdkHttpClient http, AwsCredentialsProvider credentials, String region, Optional<URI> endpoint) {

    /// A service: its host and signing name, what precedes the operation in `X-Amz-Target`, and the protocol's
    /// version.
    enum JsonService {
        PARAMETERS("ssm", "AmazonSSM", "1.1"),
        QUOTAS("servicequotas", "ServiceQuotasV20190624", "1.1"),
        RESOURCES("cloudcontrolapi", "CloudApiService", "1.0");

        private final String host;
        private final String target;
        private final String version;

        JsonService(String host, String target, String version) {
            this.host = host;
            this.target = target;
            this.version = version;
        }
    }

    /// The answer to a call; throws [AwsServiceException] with the error's code where AWS refuses it.
    Map<String, Object> call(JsonService service, String operation, Map<String, Object> input) {
        try {
            var body = ContentStreamProvider.fromUtf8String(JSON.std.asString(input));
            var request = SdkHttpRequest.builder()
                    .method(SdkHttpMethod.POST)
                    .uri(endpoint.orElseGet(
                            () -> URI.create("https://%s.%s.amazonaws.com/".formatted(service.host, region))))
                    .putHeader("Content-Type", "application/x-amz-json-" + service.version)
                    .putHeader("X-Amz-Target", service.target + "." + operation)
                    .build();
            var signed = AwsV4HttpSigner.create()
                    .sign(sign -> sign.identity(credentials.resolveCredentials())
                            .request(request)
                            .payload(body)
                            .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service.host)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, region));
            var answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElse(body))
                            .build())
                    .call();
            var text = answer.responseBody()
                    .map(stream -> {
                        try (stream) {
                            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .orElse("");
            if (!answer.httpResponse().isSuccessful()) {
                throw refusal(service, answer.httpResponse().statusCode(), text);
            }
            return JSON.std.mapFrom(text);
        } catch (IOException | UncheckedIOException e) {
            throw SdkClientException.create("AWS does not answer", e);
        }
    }

    private static AwsServiceException refusal(JsonService service, int status, String text) throws IOException {
        var code = text.startsWith("{") ? String.valueOf(JSON.std.mapFrom(text).get("__type")) : "status " + status;
        return AwsServiceException.builder()
                .message(code)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service.host)
                        .errorCode(code.substring(code.indexOf('#') + 1))
                        .build())
                .build();
    }
}
