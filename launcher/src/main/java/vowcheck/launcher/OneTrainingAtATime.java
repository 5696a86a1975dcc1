package vowcheck.launcher;

import vowcheck.launcher.setup.CommandFailed;

/// A training or replay that could not start because another one runs; the message names it.
final class OneTrainingAtATime extends CommandFailed {

    OneTrainingAtATime(String message) {
        super(message);
    }
}
