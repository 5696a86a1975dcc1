package vowcheck.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/// The table of the labelled rows as a plain pg_dump writes it, with another table before it.
final class LabelledRowsDump {

    private static final String COLUMNS = """
            SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
            WHERE attrelid = 'divorce_predictions'::regclass AND attnum > 0 AND NOT attisdropped
            """;

    private LabelledRowsDump() {}

    /// Writes all rows.
    static void write(LocalSystem system, Path file) throws SQLException, IOException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var dump = Files.newOutputStream(file)) {
            var columns = system.ask(COLUMNS);
            dump.write("""
                    --
                    -- PostgreSQL database dump
                    --

                    SET standard_conforming_strings = on;
                    CREATE TABLE public.prediction_logs (id bigint, features jsonb);
                    COPY public.prediction_logs (id, features) FROM stdin;
                    1\t{"Age_Days": 1}
                    \\.

                    COPY public.divorce_predictions (%s) FROM stdin;
                    """.formatted(columns).getBytes(UTF_8));
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY divorce_predictions (%s) TO STDOUT".formatted(columns), dump);
            dump.write("""
                    \\.

                    --
                    -- PostgreSQL database dump complete
                    --
                    """.getBytes(UTF_8));
        }
    }
}
