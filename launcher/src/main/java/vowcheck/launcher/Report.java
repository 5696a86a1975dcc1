package vowcheck.launcher;

import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import vowcheck.launcher.setup.Progress;

/// How a command tells its steps and its result.
///
/// @param asJson whether the result is JSON for programs, in place of text for people; the steps then go to the error
///     output, so that the output is the result alone
/// @param begun when the command began
public record Report(
        PrintStream out, PrintStream errors, Style style, boolean asJson, InstantSource clock, Instant begun) {

    /// For the steps of a command that takes long.
    public Progress progress() {
        return progressSince(begun);
    }

    /// For the steps of something that began at another time.
    Progress progressSince(Instant other) {
        return new Progress(asJson ? errors : out, clock, other);
    }
}
