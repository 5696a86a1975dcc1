package vowcheck.training.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpFileTest {

    private final List<String> found = new ArrayList<>();

    private final RowSink sink = new RowSink() {
        @Override
        public void columns(long line, List<String> names) {
            found.add("columns " + String.join(" ", names));
        }

        @Override
        public void row(long line, List<@Nullable String> values) {
            found.add(line + " " + values);
        }

        @Override
        public void unreadable(long line, String problem) {
            found.add(line + " " + problem);
        }
    };

    @Test
    void theRowsOfACopyAreRead() throws IOException {
        read("""
                --
                -- PostgreSQL database dump
                --

                \\restrict abc

                SET client_encoding = 'UTF8';
                SELECT pg_catalog.set_config('search_path', '', false);
                CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $_$ COPY divorce_predictions FROM stdin; $_$;
                CREATE TABLE public.others (a text);
                COPY public.others (a) FROM stdin;
                COPY public.divorce_predictions (a) FROM stdin;
                INSERT INTO divorce_predictions VALUES (1);
                \\.

                COPY public.divorce_predictions ("index", "Age_Days", note) FROM stdin;
                1\t10\tplain
                2\t\\N\ta\\tb\\\\c\\nd\\x41\\101
                3\t\\\\N\t\\.
                4\t
                \\.

                COMMENT ON TABLE public.divorce_predictions IS 'it''s; one -- row';

                --
                -- PostgreSQL database dump complete
                --
                \\unrestrict abc
                """);
        assertThat(found)
                .containsExactly(
                        "columns index Age_Days note",
                        "17 [1, 10, plain]",
                        "18 [2, null, a\tb\\c\ndAA]",
                        "19 [3, \\N, .]",
                        "20 [4, ]");
    }

    @Test
    void theRowsOfInsertsAreReadWithTheColumnsOfTheTable() throws IOException {
        read("""
                CREATE TABLE IF NOT EXISTS "public"."divorce_predictions" (
                    index bigint NOT NULL DEFAULT nextval('a'::regclass),
                    "Age_Days" numeric(10, 2) CHECK (("Age_Days" >= 0)),
                    "a""b" text, -- a column
                    CONSTRAINT named PRIMARY KEY (index),
                    UNIQUE ("Age_Days")
                );
                INSERT INTO public.others VALUES (1, 'a;b');
                INSERT INTO public.divorce_predictions VALUES (1, 10.5, 'it''s');
                INSERT INTO "divorce_predictions" ("index", "Age_Days") OVERRIDING SYSTEM VALUE VALUES
                    (2, -1e-5), (+3, NULL),
                    ('4', '5'::numeric(10,2)) ON CONFLICT DO NOTHING;
                """.replace("INSERT INTO \"divorce_predictions\"", "insert into public.\"divorce_predictions\""));
        assertThat(found)
                .containsExactly(
                        "columns index Age_Days a\"b",
                        "9 [1, 10.5, it's]",
                        "columns index Age_Days",
                        "11 [2, -1e-5]",
                        "11 [+3, null]",
                        "12 [4, 5]");
    }

    @Test
    void stringsHaveEscapesWhereTheyAreMarkedOrTheServerWasOld() throws IOException {
        read("""
                INSERT INTO divorce_predictions (a, b) VALUES (E'x\\n\\'y\\x41''', 'x\\n');
                SET standard_conforming_strings = off;
                INSERT INTO divorce_predictions (a) VALUES ('it\\'s');
                """);
        assertThat(found).containsExactly("columns a b", "1 [x\n'yA', x\\n]", "columns a", "3 [it's]");
    }

    @Test
    void windowsLinesAndCommentsAnywhereAreRead() throws IOException {
        read("/* a /* nested */ dump */ COPY divorce_predictions (a, b) /* here */ FROM STDIN;\r\n1\t2\r\n\\.\r\n");
        assertThat(found).containsExactly("columns a b", "2 [1, 2]");
    }

    @Test
    void longValuesAreNotKept() throws IOException {
        read("INSERT INTO divorce_predictions (a) VALUES ('" + "x".repeat(5_000_000) + "');\n");
        assertThat(found).hasSize(2).last().asString().hasSizeLessThan(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now()", "DEFAULT", "1 + 1", "(1)", "- x", "ARRAY[1, 2]"})
    void anExpressionIsNoValue(String expression) throws IOException {
        read("INSERT INTO divorce_predictions (a, b) VALUES\n(1, %s),\n(2, 3);".formatted(expression));
        assertThat(found).containsExactly("columns a b", "2 has an expression, expected values only", "3 [2, 3]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY divorce_predictions (a) FROM stdin;#1#2 | line 3: the rows of a COPY do not end: the file is not complete",
                "COPY others (a) FROM stdin;#1#2#             | line 1: the rows of a COPY do not end: the file is not complete",
                "-- PostgreSQL database dump#COPY divorce_predictions (a) FROM stdin;#1#\\.# | the end of the dump is missing: the file is not complete",
                "INSERT INTO divorce_predictions (a) VALUES ('1        | line 1: a string is not closed: the file is not complete",
                "INSERT INTO divorce_predictions (a) VALUES (1, 2      | line 1: an INSERT is not complete",
                "INSERT INTO divorce_predictions (a) VALUES (1) (2);   | line 1: expected another row of the INSERT, or its end",
                "INSERT INTO divorce_predictions (a) SELECT 1;         | line 1: INSERT without VALUES cannot be read",
                "INSERT INTO divorce_predictions VALUES (1);           | line 1: the columns of divorce_predictions are not known: make the dump with its schema, or with --column-inserts",
                "COPY divorce_predictions (a) FROM stdin WITH (FORMAT csv);#1#\\.# | line 1: COPY has options, expected none: use a plain pg_dump",
                "COPY a.divorce_predictions (a) FROM stdin;#1#\\.#COPY b.divorce_predictions (a) FROM stdin;#\\.# | line 4: the dump has the table divorce_predictions in two schemas, expected one",
                "CREATE TABLE divorce_predictions (a text);            | the dump has no rows of the table divorce_predictions",
                "INSERT INTO others VALUES ('                          | line 1: a string is not closed: the file is not complete",
            })
    void aDumpThatIsCutOffOrCannotBeReadIsRefused(String script, String problem) {
        assertThatThrownBy(() -> read(script.replace('#', '\n')))
                .isInstanceOf(ImportRefused.class)
                .hasMessage(problem);
    }

    private void read(String script) throws IOException {
        DumpFile.read(new StringReader(script), sink);
    }
}
