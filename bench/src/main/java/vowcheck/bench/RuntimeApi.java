package vowcheck.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Lambda's Runtime API for one environment: passes events to a function and receives its answers, one at a time, in
/// the caller's thread. See https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. Not thread-safe.
final class RuntimeApi implements AutoCloseable {

    private static final String VERSION = "/2018-06-01/runtime/";
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0";
    private static final byte[] ACCEPTED = "{\"status\":\"OK\"}\n".getBytes(StandardCharsets.US_ASCII);

    /// The function's time limit for a request, as the API's configuration sets it.
    private static final Duration TIMEOUT = Duration.ofSeconds(29);

    private final ServerSocket server;
    private @Nullable HttpConnection connection;
    private boolean asked;
    private long invocations;

    RuntimeApi() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
    }

    /// The value of the function's `AWS_LAMBDA_RUNTIME_API`.
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /// Waits until the function asks for its next event.
    void awaitNext() throws IOException {
        if (!asked) {
            expect(request(), "GET " + VERSION + "invocation/next");
            asked = true;
        }
    }

    /// Passes an event to the function as soon as it asks for one, and waits for the answer.
    ///
    /// Throws [FunctionFailed] when the function reports an error instead of an answer.
    Answer invoke(byte[] event) throws IOException {
        awaitNext();
        var function = connection();
        var id = "8476a536-e9f4-11e8-9739-%012x".formatted(invocations++);
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: " + id
                + "\r\nLambda-Runtime-Deadline-Ms: " + (System.currentTimeMillis() + TIMEOUT.toMillis())
                + "\r\nLambda-Runtime-Invoked-Function-Arn: " + MeasuredFunction.ARN
                + "\r\nLambda-Runtime-Trace-Id: " + TRACE + "\r\n";
        long begun = System.nanoTime();
        function.write(head, event);
        var answer = request();
        long ended = System.nanoTime();
        asked = false;
        function.write("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n", ACCEPTED);
        expect(answer, "POST " + VERSION + "invocation/" + id + "/response");
        return new Answer(answer.body(), begun, ended);
    }

    private HttpConnection.Request request() throws IOException {
        while (true) {
            var request = connection().read();
            if (request != null) {
                return request;
            }
            connection().close();
            connection = null;
            if (asked) {
                throw new EOFException("it closed the connection without an answer");
            }
        }
    }

    private HttpConnection connection() throws IOException {
        if (connection == null) {
            var socket = server.accept();
            socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
            connection = new HttpConnection(socket);
        }
        return connection;
    }

    private static void expect(HttpConnection.Request request, String line) {
        if (!request.line().startsWith(line)) {
            throw new FunctionFailed("it called %s, expected %s: %s"
                    .formatted(request.line(), line, new String(request.body(), StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
        server.close();
    }

    /// A function's answer.
    ///
    /// @param begun when its event was sent, by [System#nanoTime]
    /// @param ended when the whole answer had arrived
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Answer(byte[] body, long begun, long ended) {

        private static final int STATUS_IS_WITHIN = 40;

        /// Whether the answer, in API Gateway's format, has that HTTP status.
        boolean hasStatus(int status) {
            int length = Math.min(body.length, STATUS_IS_WITHIN);
            return new String(body, 0, length, StandardCharsets.UTF_8).startsWith("{\"statusCode\":" + status + ",");
        }

        /// Whether it is the answer to a call that succeeded.
        boolean isSuccess() {
            return hasStatus(200);
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
