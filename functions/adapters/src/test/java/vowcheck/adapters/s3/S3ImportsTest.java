package vowcheck.adapters.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import vowcheck.core.imports.ImportId;

/// The real client reads from a server that sends less than it has announced.
class S3ImportsTest {

    private static final ImportId ID = new ImportId("0b4bdb9c-4c6f-4c5e-9f3a-0d8d9b1f2a3c");
    private static final byte[] CONTENT = "index,Divorce\n".repeat(20_000).getBytes(UTF_8);

    private HttpServer server;
    private S3Client s3;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        s3 = S3Client.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterEach
    void stop() {
        s3.close();
        server.stop(0);
    }

    @Test
    void aFileIsReadAsItArrives() throws IOException {
        send(CONTENT.length);
        assertThat(read()).isEqualTo(CONTENT);
    }

    @Test
    void aConnectionThatEndsTooEarlyIsNotTheEndOfTheFile() {
        send(CONTENT.length / 2);
        assertThatThrownBy(this::read).isInstanceOf(IOException.class);
    }

    private byte[] read() throws IOException {
        try (var file = new S3Imports(s3, "models").file(ID)) {
            return file.readAllBytes();
        }
    }

    /// Announces the whole content, and ends the connection after some of it.
    private void send(int bytes) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, bytes);
            exchange.close();
        });
    }
}
