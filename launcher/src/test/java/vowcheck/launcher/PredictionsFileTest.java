package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.launcher.setup.CommandFailed;

class PredictionsFileTest {

    private static final byte[] CSV = "header\nrow\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private byte[] served = compressed();
    private int status = 200;
    private int sent = Integer.MAX_VALUE;
    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, served.length);
            try (var body = exchange.getResponseBody()) {
                body.write(served, 0, Math.min(sent, served.length));
                if (sent < served.length) {
                    body.flush();
                    ended.await();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        executor.close();
    }

    @Test
    void theFileIsExpandedAndItsOwnersOnly() throws IOException {
        var file = folder.resolve("may.csv");

        try (var predictions = PredictionsFile.begin("may.csv", file)) {
            predictions.download(link());
        }

        assertThat(file).hasBinaryContent(CSV);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining("glob:**may.csv");
        assertThat(folder.resolve("may.csv.part")).doesNotExist();
    }

    @Test
    void aNameWithGzKeepsItCompressed() throws IOException {
        var file = folder.resolve("may.csv.gz");

        try (var predictions = PredictionsFile.begin("may.csv.gz", file)) {
            predictions.download(link());
        }

        assertThat(file).hasBinaryContent(served);
    }

    @Test
    void anExistingFileIsRefusedAndKept() throws IOException {
        var file = Files.writeString(folder.resolve("may.csv"), "mine");

        assertThatThrownBy(() -> PredictionsFile.begin("may.csv", file))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("may.csv exists already: delete it, or choose another name");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> PredictionsFile.begin("no/may.csv", folder.resolve("no/may.csv")))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("no/may.csv cannot be written: is its folder there?");
    }

    @Test
    void anExportThatCannotBeReadLeavesNothing() throws IOException {
        status = 403;

        try (var predictions = PredictionsFile.begin("may.csv", folder.resolve("may.csv"))) {
            assertThatThrownBy(() -> predictions.download(link())).hasMessageContaining("status 403");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatEndsHalfWayLeavesNothing() throws IOException {
        served = Arrays.copyOf(served, served.length - 9);

        try (var predictions = PredictionsFile.begin("may.csv", folder.resolve("may.csv"))) {
            assertThatThrownBy(() -> predictions.download(link())).isInstanceOf(IOException.class);
        }

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"may.csv", "may.csv.gz"})
    void aDownloadThatStallsLeavesNothing(String name) throws IOException {
        sent = 9;

        try (var predictions = PredictionsFile.begin(name, folder.resolve(name), Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> predictions.download(link()))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage("the download stalled: export once more");
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsMadeMeanwhileIsKept() throws IOException {
        var file = folder.resolve("may.csv");

        try (var predictions = PredictionsFile.begin("may.csv", file)) {
            Files.writeString(file, "mine");
            assertThatThrownBy(() -> predictions.download(link()))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessage("may.csv has been made meanwhile, and is kept: export once more, with another name");
        }

        assertThat(file).hasContent("mine");
        assertThat(folder.resolve("may.csv.part")).doesNotExist();
    }

    private URI link() {
        return URI.create("http://127.0.0.1:%d/predictions.csv.gz"
                .formatted(server.getAddress().getPort()));
    }

    private static byte[] compressed() {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(CSV);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
