package vowcheck.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The server's side of one HTTP/1.1 connection, reduced to what a client of the Runtime API uses: bodies with a
/// Content-Length, one request at a time. Not thread-safe.
final class HttpConnection implements AutoCloseable {

    private static final String CONTENT_LENGTH = "\r\ncontent-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /// The next request; null when the client has closed the connection.
    @Nullable
    Request read() throws IOException {
        int end = from;
        while (true) {
            for (; end + 4 <= to; end++) {
                if (buffer[end] == '\r' && buffer[end + 1] == '\n' && buffer[end + 2] == '\r') {
                    var head = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
                    from = end + 4;
                    return new Request(head.substring(0, head.indexOf("\r\n")), body(contentLength(head)));
                }
            }
            int unread = from;
            if (!fill()) {
                return null;
            }
            end -= unread - from;
        }
    }

    /// Writes an answer in one piece.
    void write(String head, byte[] body) throws IOException {
        var headBytes = (head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        var answer = Arrays.copyOf(headBytes, headBytes.length + body.length);
        System.arraycopy(body, 0, answer, headBytes.length, body.length);
        out.write(answer);
    }

    private byte[] body(int length) throws IOException {
        var body = new byte[length];
        int buffered = Math.min(length, to - from);
        System.arraycopy(buffer, from, body, 0, buffered);
        from += buffered;
        if (in.readNBytes(body, buffered, length - buffered) < length - buffered) {
            throw new EOFException("the client closed the connection within a body of " + length + " bytes");
        }
        return body;
    }

    /// Appends bytes to the buffer; false at the end of the connection.
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * to);
        }
        int count = in.read(buffer, to, buffer.length - to);
        to += Math.max(count, 0);
        return count >= 0;
    }

    private static int contentLength(String head) throws ProtocolException {
        var headers = head.toLowerCase(Locale.ROOT);
        if (headers.contains("\r\ntransfer-encoding:")) {
            throw new ProtocolException("the body is chunked, expected a Content-Length");
        }
        int name = headers.indexOf(CONTENT_LENGTH);
        if (name < 0) {
            return 0;
        }
        int end = headers.indexOf('\r', name + 2);
        var value = headers.substring(name + CONTENT_LENGTH.length(), end < 0 ? headers.length() : end);
        return Integer.parseInt(value.strip());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// @param line method, path and version
    @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
    record Request(String line, byte[] body) {}
}
