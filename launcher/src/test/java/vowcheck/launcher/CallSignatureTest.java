package vowcheck.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// Verifies signatures as API Gateway does, from what it receives and the secret that it knows.
class CallSignatureTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final URI URL = URI.create("https://a1b2c3.execute-api.eu-central-1.amazonaws.com/v1/predict");
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/(?<scope>\\S+), SignedHeaders=(?<names>\\S+), Signature=(?<hex>\\w+)");

    private final CallSignature signature = new CallSignature(
            StaticCredentialsProvider.create(AwsSessionCredentials.create("ASIAEXAMPLE", SECRET, "session")),
            "eu-central-1",
            Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void aPostIsSignedWithItsBodyAndKey() throws Exception {
        var sent = signature.headers(URL, Map.of("x-api-key", "clerks-key"), "{\"Age_Days\":20000}");

        assertThat(sent).containsEntry("x-api-key", "clerks-key").containsEntry("X-Amz-Security-Token", "session");
        verify("POST", sent, "{\"Age_Days\":20000}");
    }

    @Test
    void aGetIsSignedToo() throws Exception {
        verify("GET", signature.headers(URL, Map.of("x-api-key", "clerks-key"), null), "");
    }

    private static void verify(String method, Map<String, String> sent, String body) throws Exception {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(sent);
        headers.put("host", URL.getHost());
        var authorization = AUTHORIZATION.matcher(headers.get("Authorization"));
        assertThat(authorization.matches()).as(headers.get("Authorization")).isTrue();
        assertThat(authorization.group("scope")).isEqualTo("20261126/eu-central-1/execute-api/aws4_request");
        var names = authorization.group("names").split(";", -1);
        assertThat(names).contains("host", "x-amz-date", "x-amz-security-token", "x-api-key");

        var request = String.join(
                "\n",
                method,
                URL.getPath(),
                "",
                Arrays.stream(names)
                        .map(name -> name + ":" + headers.get(name) + "\n")
                        .collect(joining()),
                authorization.group("names"),
                sha256(body));
        var text = String.join(
                "\n", "AWS4-HMAC-SHA256", headers.get("X-Amz-Date"), authorization.group("scope"), sha256(request));
        byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
        for (var part : authorization.group("scope").split("/", -1)) {
            key = hmac(key, part);
        }
        assertThat(authorization.group("hex")).isEqualTo(HexFormat.of().formatHex(hmac(key, text)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(UTF_8));
    }
}
