package vowcheck.launcher.chaos;

import java.sql.SQLException;

/// The [SlowDisk] is as fast as before.
record SlowDiskEnded() implements Act {

    @Override
    public String sentence() {
        return "the disk is fast again";
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.execute("DROP TRIGGER slow_disk ON scoring_requests");
        walked.speedUp();
        return "";
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }
}
