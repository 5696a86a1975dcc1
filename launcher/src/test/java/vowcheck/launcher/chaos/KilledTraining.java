package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Locale;
import vowcheck.launcher.HeldTable;
import vowcheck.launcher.SystemProcesses;

/// The training task is killed in the middle.
record KilledTraining(Moment moment, String cutoff) implements Act {

    /// What the task does when it is killed.
    enum Moment {
        READS_ITS_ROWS,
        REGISTERS_ITS_MODEL;

        private HeldTable hold(WalkedSystem walked) throws SQLException {
            return switch (this) {
                case READS_ITS_ROWS -> HeldTable.labelledRows(walked.system());
                case REGISTERS_ITS_MODEL -> HeldTable.modelVersions(walked.system());
            };
        }
    }

    @Override
    public String sentence() {
        return "kill -9 a training to %s while it %s"
                .formatted(cutoff, moment.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.trainings().awaitNone();
        var training = walked.trainings().start(cutoff);
        try (var held = moment.hold(walked)) {
            held.awaitWaiter();
            var tasks = SystemProcesses.with(walked.system().folder(), "TRAINING_EXECUTION=" + training.name());
            assertThat(tasks).as("processes of the task").isNotEmpty();
            tasks.forEach(WalkedSystem::kill);
        }
        assertThat(training.awaitFailure()).contains("137");
        walked.awaitNoRun();
        return "reported with exit code 137";
    }
}
