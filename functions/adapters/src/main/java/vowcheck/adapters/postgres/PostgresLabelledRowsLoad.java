package vowcheck.adapters.postgres;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.LabelledRow;
import vowcheck.core.imports.LabelledRowExists;
import vowcheck.core.imports.LabelledRowSource;
import vowcheck.core.imports.LabelledRowsLoad;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.training.LabelledRowsUnavailable;
import vowcheck.core.training.RowCheck;

/// Loads rows into `divorce_predictions` as the role `import`, by COPY, in one transaction. Memory holds one
/// portion of the rows.
///
/// An erasure waits for the end of a load: what is loaded sees the tombstones of all erasures before it.
public final class PostgresLabelledRowsLoad implements LabelledRowsLoad {

    private static final Logger LOG = System.getLogger(PostgresLabelledRowsLoad.class.getName());

    static final int ROWS_A_PORTION = 5_000;

    private static final long LOCK = 0x766f776368656b02L; // of no meaning, and not that of the tombstones

    /// Where a COPY has failed, as the server says it.
    private static final Pattern PLACE = Pattern.compile("COPY divorce_predictions, line (\\d{1,9})");

    private static final String NULL = "\\N";

    private static final String DISK_FULL = "53100";

    private final Connection connection;
    private final CopyManager copies;
    private final FeatureSchema schema;
    private final Supplier<TombstoneKey> key;
    private final String copy;
    private final List<AddedRow> portion = new ArrayList<>(ROWS_A_PORTION);
    private @Nullable TombstoneKey knownKey;
    private long rows;
    private long erased;

    private record AddedRow(long line, LabelledRow row) {}

    private PostgresLabelledRowsLoad(Connection connection, FeatureSchema schema, Supplier<TombstoneKey> key)
            throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.key = key;
        copies = connection.unwrap(PGConnection.class).getCopyAPI();
        copy = "COPY divorce_predictions (\"%s\", %s, \"%s\", \"%s\", %s, %s) FROM STDIN"
                .formatted(
                        LabelledRow.INDEX_FIELD,
                        FeatureColumns.list(schema.features()),
                        LabelledRow.LABEL_FIELD,
                        RowCheck.DATE_FIELD,
                        LoanId.FIELD_NAME,
                        LabelledRowSource.FIELD_NAME);
    }

    /// Begins a load; throws [LabelledRowsUnavailable] where another one runs.
    ///
    /// @param source for the role `import`
    /// @param schema the features of the rows; each is a column of the table
    /// @param key asked only where a row names its loan
    public static PostgresLabelledRowsLoad begin(
            Supplier<DataSource> source, FeatureSchema schema, Supplier<TombstoneKey> key) {
        try {
            var connection = source.get().getConnection();
            try {
                connection.setAutoCommit(false);
                lock(connection);
                return new PostgresLabelledRowsLoad(connection, schema, key);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (SecretUnavailable e) {
            throw new LabelledRowsUnavailable("the secret of the database role cannot be read", e);
        }
    }

    private static void lock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var answer = statement.executeQuery()) {
                if (!answer.next() || !answer.getBoolean(1)) {
                    throw new LabelledRowsUnavailable("another import is running: start this one when it has ended");
                }
            }
        }
        Tombstones.lockShared(connection);
    }

    @Override
    public void add(long line, LabelledRow row) {
        portion.add(new AddedRow(line, row));
        if (portion.size() == ROWS_A_PORTION) {
            flush();
        }
    }

    @Override
    public void flush() {
        try {
            send();
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (SecretUnavailable e) {
            throw new LabelledRowsUnavailable("the key of the tombstones cannot be read", e);
        } finally {
            portion.clear();
        }
    }

    private void send() throws SQLException {
        var tombstones = tombstones();
        var sent = new ArrayList<AddedRow>(portion.size());
        var text = new StringBuilder(portion.size() * 100);
        for (var added : portion) {
            if (isErased(added.row(), tombstones)) {
                erased++;
            } else {
                append(text, added.row());
                sent.add(added);
            }
        }
        if (sent.isEmpty()) {
            return;
        }
        try {
            rows += copies.copyIn(copy, new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII)));
        } catch (SQLException e) {
            if (PSQLState.UNIQUE_VIOLATION.getState().equals(e.getSQLState())) {
                throw exists(e, sent);
            }
            throw e;
        } catch (IOException e) {
            throw new LabelledRowsUnavailable("the connection to PostgreSQL broke while rows were sent", e);
        }
    }

    /// The erasures of the portion's loans, with the time of each.
    private Map<LoanId, Instant> tombstones() throws SQLException {
        var loans = new HashMap<Sha256, LoanId>();
        for (var added : portion) {
            added.row().loanId().ifPresent(loan -> loans.put(key().of(loan), loan));
        }
        var found = new HashMap<LoanId, Instant>();
        if (!loans.isEmpty()) {
            Tombstones.among(connection, loans.keySet()).forEach((hash, at) -> {
                @Nullable LoanId loan = loans.get(hash);
                if (loan != null) {
                    found.put(loan, at);
                }
            });
        }
        return found;
    }

    /// Asked once: it does not change.
    private TombstoneKey key() {
        if (knownKey == null) {
            knownKey = key.get();
        }
        return knownKey;
    }

    /// A later application for the same loan is loaded, as it would be stored.
    private static boolean isErased(LabelledRow row, Map<LoanId, Instant> tombstones) {
        return row.loanId()
                .map(tombstones::get)
                .filter(at ->
                        !row.date().atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(at))
                .isPresent();
    }

    /// No value can contain a character that COPY treats specially.
    private void append(StringBuilder text, LabelledRow row) {
        text.append(row.index());
        for (var feature : schema.features()) {
            float value = row.application().value(feature);
            text.append('\t');
            if (Float.isNaN(value)) {
                text.append(NULL);
            } else {
                text.append(value);
            }
        }
        text.append('\t').append(row.divorced() ? 1 : 0);
        text.append('\t').append(row.date());
        text.append('\t').append(row.loanId().map(LoanId::value).orElse(NULL));
        text.append('\t').append(row.source().fieldValue()).append('\n');
    }

    /// The server says in which line of the COPY the index was, and PostgreSQL counts from 1.
    private static LabelledRowExists exists(SQLException e, List<AddedRow> sent) {
        var message = e instanceof PSQLException refusal ? refusal.getServerErrorMessage() : null;
        @Nullable String where = message == null ? null : message.getWhere();
        var place = PLACE.matcher(where == null ? "" : where);
        int position = place.find() ? Integer.parseInt(place.group(1)) - 1 : 0;
        return new LabelledRowExists(
                sent.get(Math.min(position, sent.size() - 1)).line(), e);
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long erased() {
        return erased;
    }

    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // PostgreSQL takes back what is not committed also where a connection breaks.
            LOG.log(Level.DEBUG, "closing a broken connection failed: SQL state {0}", e.getSQLState());
        }
    }

    private static LabelledRowsUnavailable unavailable(SQLException e) {
        var what = DISK_FULL.equals(e.getSQLState())
                ? "PostgreSQL has no disk space left, SQL state " + e.getSQLState()
                : Database.failure(e);
        return new LabelledRowsUnavailable(what, e);
    }
}
