package vowcheck.adapters.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import vowcheck.core.model.Sha256;

/// Reads the tombstones of what was erased, and keeps erasures and the storing of what was answered before
/// apart.
///
/// The two take one lock, an erasure alone and the others together. What was stored before an erasure has the
/// lock is seen and deleted by it; what is stored after it sees its tombstones. The direct way into the log
/// takes no lock: what is answered at the moment of an erasure counts as answered after it.
final class Tombstones {

    private static final long LOCK = 0x766f776368656b01L; // of no meaning, and not that of the migrations

    private static final String FIND = """
            SELECT hash, erased_at FROM erasure_tombstones WHERE hash = ANY (?)
            """;

    private Tombstones() {}

    /// Keeps erasures out until the end of the transaction.
    static void lockShared(Connection connection) throws SQLException {
        lock(connection, "SELECT pg_advisory_xact_lock_shared(?)");
    }

    /// Keeps other erasures and the storing from the queue out until the end of the transaction.
    static void lock(Connection connection) throws SQLException {
        lock(connection, "SELECT pg_advisory_xact_lock(?)");
    }

    private static void lock(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    /// Those of the tombstones that exist, with the time of the newest erasure.
    static Map<Sha256, Instant> among(Connection connection, Collection<Sha256> tombstones) throws SQLException {
        var hashes = tombstones.stream().map(Sha256::digest).toArray(byte[][]::new);
        var found = new HashMap<Sha256, Instant>();
        try (var select = connection.prepareStatement(FIND)) {
            select.setArray(1, connection.createArrayOf("bytea", hashes));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            Sha256.ofDigest(rows.getBytes(1)),
                            rows.getObject(2, OffsetDateTime.class).toInstant());
                }
            }
        }
        return found;
    }
}
