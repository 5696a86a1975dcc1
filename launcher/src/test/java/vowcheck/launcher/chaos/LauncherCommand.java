package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// An operator runs a command of `./vowcheck`.
record LauncherCommand(List<String> arguments) implements Act {

    private static final int MOST_CHARACTERS = 120;

    LauncherCommand(String... arguments) {
        this(List.of(arguments));
    }

    @Override
    public String sentence() {
        return "./vowcheck " + String.join(" ", arguments);
    }

    @Override
    public String perform(WalkedSystem walked) {
        walked.trainings().awaitNone();
        var result = walked.system().run(arguments.toArray(String[]::new));
        if (result.exitCode() != 0) {
            assertThat(walked.explains(result.output())).as(result.output()).isTrue();
        }
        return "exit code %d: %s".formatted(result.exitCode(), lastLine(result.output()));
    }

    /// What a command says at its end, shortened.
    static String lastLine(String output) {
        var line = output.lines().reduce("", (_, next) -> next).strip();
        return line.substring(0, Math.min(line.length(), MOST_CHARACTERS));
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }
}
