package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.launcher.setup.CommandFailed;

class PredictionExportTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2025, 5, 1);
    private static final String ID = "20250601T101530Z-0123456789abcdef";
    private static final int BROKEN = 0;

    @TempDir
    private Path folder;

    private HttpServer server;

    /// The statuses with which the next looks are answered; the export is done after them.
    private final Deque<Integer> looks = new ArrayDeque<>();

    private int pauses;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/operations/exports", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "{\"export_id\":\"%s\",\"status\":\"running\"}".formatted(ID));
            } else {
                look(exchange);
            }
        });
        server.createContext("/file", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = new GZIPOutputStream(exchange.getResponseBody())) {
                body.write("header\nrow\n".getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 429, 500, 503})
    void theFileIsDownloadedHoweverManyLooksItTakes(int status) {
        looks.addAll(Collections.nCopies(PredictionExport.MOST_FAILED_LOOKS, status));

        assertThat(exported()).endsWith("\n1 predictions are in may.csv\n");

        assertThat(folder.resolve("may.csv")).hasContent("header\nrow\n");
        assertThat(pauses).isEqualTo(PredictionExport.MOST_FAILED_LOOKS);
    }

    /// The HTTP client repeats some of these calls itself.
    @Test
    void aConnectionThatBreaksIsNotTheEnd() {
        looks.addAll(Collections.nCopies(PredictionExport.MOST_FAILED_LOOKS, BROKEN));

        assertThat(exported()).endsWith("\n1 predictions are in may.csv\n");
    }

    @Test
    void anApiThatDoesNotComeBackEndsTheCommandWithItsReason() {
        looks.addAll(Collections.nCopies(PredictionExport.MOST_FAILED_LOOKS + 1, 503));

        assertThatThrownBy(this::exported)
                .isInstanceOf(CommandFailed.class)
                .hasMessage("how far the export %s is cannot be read: status 503".formatted(ID));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLookThatIsRefusedIsNotRepeated() {
        looks.add(403);

        assertThatThrownBy(this::exported)
                .isInstanceOf(CommandFailed.class)
                .hasMessage("how far the export %s is cannot be read: status 403".formatted(ID));
        assertThat(pauses).isZero();
    }

    private void look(HttpExchange exchange) throws IOException {
        var status = looks.poll();
        if (status == null) {
            answer(exchange, 200, "{\"status\":\"done\",\"rows\":1,\"url\":\"%s/file\"}".formatted(url()));
        } else if (status == 200) {
            answer(exchange, 200, "{\"status\":\"running\"}");
        } else if (status == BROKEN) {
            exchange.close();
        } else {
            answer(exchange, status, "{\"detail\":\"status %d\"}".formatted(status));
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (var output = exchange.getResponseBody()) {
            output.write(body);
        }
    }

    /// What the command prints.
    private String exported() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return Printed.by(out -> {
            var report = new Report(out, nowhere, Style.of(Map.of()), false, InstantSource.fixed(NOW), NOW);
            try {
                new PredictionExport(
                                new Api(url(), () -> "key", Optional::empty),
                                new OperatorLogin("ada", "secret"),
                                report,
                                _ -> pauses++)
                        .export(
                                new PredictionExport.Days(DAY, DAY, Optional.empty()),
                                "may.csv",
                                folder.resolve("may.csv"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
