package vowcheck.adapters.postgres;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import vowcheck.adapters.secrets.SecretUnavailable;

/// Logs in to RDS by IAM: the password is a token that the program signs with its own credentials.
///
/// A token opens connections for 15 minutes. It is computed locally, without a call of AWS, so each connection gets a
/// new one and none is kept. It is the same token that the SDK's `RdsUtilities` makes, but their module, the client
/// of RDS, would add 6 MB to the functions.
public final class IamLogin implements Supplier<DatabaseLogin> {

    private static final String SCHEME = "https://";
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private final String username;
    private final DatabaseAddress address;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final InstantSource clock;

    IamLogin(
            String username,
            DatabaseAddress address,
            Region region,
            AwsCredentialsProvider credentials,
            InstantSource clock) {
        this.username = username;
        this.address = address;
        this.region = region;
        this.credentials = credentials;
        this.clock = clock;
    }

    /// Logs in as the database role `username`, with the credentials and the region of this process.
    public static IamLogin of(String username, DatabaseAddress address) {
        return new IamLogin(
                username,
                address,
                new DefaultAwsRegionProviderChain().getRegion(),
                DefaultCredentialsProvider.builder().build(),
                InstantSource.system());
    }

    /// Throws [SecretUnavailable] when the process has no credentials now.
    @Override
    public DatabaseLogin get() {
        try {
            return new DatabaseLogin(username, token());
        } catch (SdkException e) {
            throw new SecretUnavailable("no credentials to sign a token with for the role " + username, e);
        }
    }

    private String token() {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host(address.host())
                .port(address.port())
                .encodedPath("/")
                .putRawQueryParameter("DBUser", username)
                .putRawQueryParameter("Action", "connect")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(credentials.resolveCredentials())
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "rds-db")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, VALIDITY)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock.withZone(ZoneOffset.UTC)));
        return signed.request().getUri().toString().substring(SCHEME.length());
    }
}
