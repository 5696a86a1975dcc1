package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

/// An operator goes back to the model that served before, or is told why that is not possible.
record RolledBack() implements Act {

    /// What a refusal says before the versions, the newest first.
    static final String CHOICE = "these can serve, newest first: ";

    @Override
    public String sentence() {
        return "./vowcheck rollback";
    }

    @Override
    public String perform(WalkedSystem walked) {
        walked.trainings().awaitNone();
        var result = walked.system().run("rollback", "--reason", "a chaos walk");
        if (result.exitCode() != 0) {
            if (!result.output().contains(CHOICE)) {
                assertThat(result.output()).contains("none of the newest models can serve");
                assertThat(walked.wholeBundles()).as("bundles that can serve").isEmpty();
            }
        }
        return "exit code %d: %s".formatted(result.exitCode(), LauncherCommand.lastLine(result.output()));
    }
}
