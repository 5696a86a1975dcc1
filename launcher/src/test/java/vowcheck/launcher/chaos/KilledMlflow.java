package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import vowcheck.launcher.SystemProcesses;

/// MLflow's container is killed; its service starts another.
record KilledMlflow() implements Act {

    /// A variable that the launcher sets for this program only.
    private static final String OWN = "MLFLOW_HOST=127.0.0.1";

    @Override
    public String sentence() {
        return "kill -9 MLflow";
    }

    @Override
    public String perform(WalkedSystem walked) {
        var processes = SystemProcesses.with(walked.system().folder(), OWN);
        assertThat(processes).as("processes of MLflow").isNotEmpty();
        processes.forEach(WalkedSystem::kill);
        walked.awaitMlflow();
        return "it came back";
    }
}
