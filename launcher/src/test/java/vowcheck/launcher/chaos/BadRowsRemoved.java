package vowcheck.launcher.chaos;

import java.sql.SQLException;

/// The [BadRows] are taken out again.
record BadRowsRemoved() implements Act {

    @Override
    public String sentence() {
        return "take the bad rows out again";
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.execute("DELETE FROM divorce_predictions WHERE \"index\" < 0");
        walked.acceptRows();
        return "";
    }
}
