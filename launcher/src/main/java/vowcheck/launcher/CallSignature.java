package vowcheck.launcher;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/// Signs calls of the API with the caller's credentials (AWS Signature Version 4), as a stage requires that was
/// deployed with `authorization=iam`.
final class CallSignature {

    private static final String SERVICE = "execute-api";

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final AwsCredentialsProvider credentials;
    private final String region;
    private final Clock clock;

    CallSignature(AwsCredentialsProvider credentials, String region, Clock clock) {
        this.credentials = credentials;
        this.region = region;
        this.clock = clock;
    }

    /// With the credentials and the region of the SDK's default chain.
    static CallSignature ofCaller() {
        return new CallSignature(
                DefaultCredentialsProvider.builder().build(),
                DefaultAwsRegionProviderChain.builder().build().getRegion().id(),
                Clock.systemUTC());
    }

    /// The headers of a call, with those of its signature.
    ///
    /// @param body of a POST; without one, it is a GET
    Map<String, String> headers(URI url, Map<String, String> headers, @Nullable String body) {
        var request = SdkHttpRequest.builder()
                .method(body == null ? SdkHttpMethod.GET : SdkHttpMethod.POST)
                .uri(url);
        headers.forEach(request::putHeader);
        var caller = credentials.resolveCredentials();
        var signed = signer.sign(sign -> {
            sign.identity(caller)
                    .request(request.build())
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, clock);
            if (body != null) {
                sign.payload(ContentStreamProvider.fromUtf8String(body));
            }
        });
        var all = new HashMap<String, String>();
        signed.request().forEachHeader((name, values) -> all.put(name, String.join(",", values)));
        all.remove("Host"); // the connection sets it
        return all;
    }
}
