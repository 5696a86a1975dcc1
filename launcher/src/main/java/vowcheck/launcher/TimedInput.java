package vowcheck.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The body of an HTTP answer, of which each piece must come within a limit: the limit of a request ends with the
/// headers of its answer. Reading throws [SocketTimeoutException] otherwise.
final class TimedInput extends InputStream {

    private static final int PIECE_BYTES = 64 * 1024;

    private final InputStream source;
    private final Duration limit;
    private final ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor();
    private final byte[] piece = new byte[PIECE_BYTES];
    private int next;
    private int end;

    TimedInput(InputStream source, Duration limit) {
        this.source = source;
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        return isFilled() ? piece[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!isFilled()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(piece, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return Math.max(0, end - next);
    }

    /// Whether there is a byte to read, which it waits for.
    private boolean isFilled() throws IOException {
        if (next == end) {
            next = 0;
            end = nextPiece();
        }
        return end > 0;
    }

    /// How many bytes it has; 0 at the end.
    private int nextPiece() throws IOException {
        var reading = reader.submit(() -> Math.max(0, source.read(piece)));
        try {
            return reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            reading.cancel(true);
            var stalled = new SocketTimeoutException("nothing came within " + limit);
            stalled.initCause(e);
            throw stalled;
        } catch (ExecutionException e) {
            throw new IOException("the connection broke", e.getCause());
        } catch (InterruptedException e) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
        reader.shutdownNow();
    }
}
