package vowcheck.launcher.chaos;

import java.sql.SQLException;
import java.util.Optional;

/// Drift is reported while the labelled rows are such that nobody may train on them.
record DriftOnBadRows(BadRows rows, RepeatedDrift drift) implements Act {

    @Override
    public String sentence() {
        return "%s, and %s".formatted(rows.sentence(), drift.sentence());
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        rows.perform(walked);
        return drift.perform(walked);
    }

    @Override
    public Optional<Act> remedy() {
        return rows.remedy();
    }
}
