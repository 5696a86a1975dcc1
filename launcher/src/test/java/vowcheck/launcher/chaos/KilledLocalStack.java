package vowcheck.launcher.chaos;

import java.sql.SQLException;
import vowcheck.launcher.HeldTable;

/// LocalStack is killed, and with it everything that runs; `up` starts it again. On AWS a queue outlives everything,
/// but LocalStack's messages are lost with it. Therefore no application is sent meanwhile, and the queue is empty
/// before.
record KilledLocalStack(String cutoff) implements Act {

    @Override
    public String sentence() {
        return "kill -9 LocalStack during a training to %s, and up".formatted(cutoff);
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.trainings().awaitNone();
        walked.load().pause();
        try {
            walked.awaitStored();
            crashInTraining(walked);
            walked.system().up();
        } finally {
            walked.load().resume();
        }
        walked.awaitNoRun();
        return "it came back";
    }

    private void crashInTraining(WalkedSystem walked) throws SQLException {
        try (var rows = HeldTable.labelledRows(walked.system())) {
            walked.trainings().start(cutoff);
            rows.awaitWaiter();
            walked.system().crash();
        }
    }
}
