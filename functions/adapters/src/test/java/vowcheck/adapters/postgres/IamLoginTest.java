package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import vowcheck.adapters.secrets.SecretUnavailable;

class IamLoginTest {

    /// The test vector of the SDK's own `RdsUtilities` (`DefaultRdsUtilitiesTest`).
    private static final String TOKEN = "host.us-east-1.amazonaws.com:3306/?DBUser=mySQLUser&Action=connect"
            + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20161107T173933Z&X-Amz-SignedHeaders=host"
            + "&X-Amz-Expires=900&X-Amz-Credential=access_key%2F20161107%2Fus-east-1%2Frds-db%2Faws4_request"
            + "&X-Amz-Signature=87ab58107ef49f1c311a412f98b7f976b0b5152ffb559f0d36c6c9a0c5e0e362";

    @Test
    void theTokenEqualsTheOneOfTheSdksUtilities() {
        var login = login(() -> AwsBasicCredentials.create("access_key", "secret_key"));

        assertThat(login.get().username()).isEqualTo("mySQLUser");
        // The signature covers the parameters in a canonical order, whatever order they are sent in.
        assertThat(login.get().password().split("[?&]")).containsExactlyInAnyOrder(TOKEN.split("[?&]"));
    }

    @Test
    void temporaryCredentialsAreInTheToken() {
        var login = login(() -> AwsSessionCredentials.create("access_key", "secret_key", "session/token"));

        assertThat(login.get().password()).contains("&X-Amz-Security-Token=session%2Ftoken");
    }

    @Test
    void aProcessWithoutCredentialsHasNoLogin() {
        var login = login(() -> {
            throw SdkClientException.create("nothing in the environment");
        });

        assertThatThrownBy(login::get)
                .isInstanceOf(SecretUnavailable.class)
                .hasMessage("no credentials to sign a token with for the role mySQLUser");
    }

    private static IamLogin login(AwsCredentialsProvider credentials) {
        return new IamLogin(
                "mySQLUser",
                DatabaseAddress.withoutTls("host.us-east-1.amazonaws.com", 3306, "any"),
                Region.US_EAST_1,
                credentials,
                InstantSource.fixed(Instant.parse("2016-11-07T17:39:33Z")));
    }
}
