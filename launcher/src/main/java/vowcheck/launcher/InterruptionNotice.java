package vowcheck.launcher;

import java.io.PrintStream;

/// Says what goes on if Ctrl-C ends a command that only follows it. The exit code is then 130.
public final class InterruptionNotice implements AutoCloseable {

    private final Thread hook;

    private InterruptionNotice(Thread hook) {
        this.hook = hook;
    }

    /// Prints a sentence if this process is interrupted before the notice is closed.
    public static InterruptionNotice of(PrintStream errors, String sentence) {
        var hook = new Thread(() -> errors.println("vowcheck: interrupted: " + sentence));
        Runtime.getRuntime().addShutdownHook(hook);
        return new InterruptionNotice(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being interrupted right now, and the sentence is said.
        }
    }
}
