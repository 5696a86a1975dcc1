package vowcheck.lambda.observation;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;

/// Where a function writes its lines of metrics.
///
/// @param stage the dimension that tells the stages of one account apart
/// @param output the function's log
public record MetricLog(String stage, PrintStream output) {

    /// Writes nothing anywhere.
    public static final MetricLog DISCARDED = new MetricLog("none", new PrintStream(OutputStream.nullOutputStream()));

    /// A line of this stage, to be filled and written.
    MetricLine line(Instant timestamp) {
        return new MetricLine(output, timestamp.toEpochMilli())
                .with("stage", stage)
                .ofThisInvocation();
    }
}
