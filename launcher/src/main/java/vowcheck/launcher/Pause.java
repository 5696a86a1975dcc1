package vowcheck.launcher;

import java.time.Duration;
import vowcheck.launcher.setup.CommandFailed;

/// A wait before something is asked again that cannot tell when it changes.
final class Pause {

    private Pause() {}

    /// Throws [CommandFailed] with a sentence when this thread is interrupted meanwhile.
    static void of(Duration time, String interrupted) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(interrupted, e);
        }
    }
}
