package vowcheck.launcher.chaos;

import java.sql.SQLException;
import java.util.Optional;

/// Each statement that stores predictions takes longer by a while, until [SlowDiskEnded].
record SlowDisk(int millis) implements Act {

    @Override
    public String sentence() {
        return "a disk that takes %d ms longer for each statement".formatted(millis);
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.execute("""
                CREATE OR REPLACE FUNCTION slow_disk() RETURNS TRIGGER LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(%d / 1000.0); RETURN NULL; END $$
                """.formatted(millis));
        walked.execute("""
                CREATE TRIGGER slow_disk BEFORE INSERT ON scoring_requests
                FOR EACH STATEMENT EXECUTE FUNCTION slow_disk()
                """);
        walked.slowDown();
        return "";
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }

    @Override
    public Optional<Act> remedy() {
        return Optional.of(new SlowDiskEnded());
    }
}
