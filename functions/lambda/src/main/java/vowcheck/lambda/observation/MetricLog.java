package vowcheck.lambda.observation;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;

/// Where a function writes its lines of metrics.
///
/// @param stage the dimension that tells the stages of one account apart
/// @param output the function's log
public record MetricLog(String stage, PrintStream output) {

    /// Discards all lines.
    public static final MetricLog DISCARDED = new MetricLog("none", new PrintStream(OutputStream.nullOutputStream()));

    /// A new line of this stage, to be completed and written.
    MetricLine line(Instant timestamp) {
        return new MetricLine(output, timestamp.toEpochMilli())
                .with("stage", stage)
                .ofThisInvocation();
    }
}
