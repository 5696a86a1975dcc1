package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;

class ReplayTextTest {

    private static final String OUTPUT = """
            {"execution":"year","cutoffs":["2025-05-01","2025-06-01"],"restore":true,
             "runs":[
               {"cutoff":"2025-05-01","reason":"replay","execution":"one","promotion":{"decision":"promoted",
                "reasons":["no model is in production"],"model_version":"3","average_precision":0.26}},
               {"cutoff":"2025-06-01","reason":"replay","execution":"two","promotion":{"decision":"kept","reasons":["…"],
                "model_version":"4","average_precision":0.24,"compared_average_precision":0.25,
                "production_average_precision":0.31,
                "average_precision_difference":{"difference":-0.0123,"lower":-0.02,"upper":0.01}}}],
             "restoration":{"execution":"year"%s}}""";

    @Test
    void eachComparisonIsARowWithItsDifferenceOnNewPeople() {
        assertThat(printed(OUTPUT.formatted(""))).isEqualTo("""

                cutoff      version  decision  average precision  in production  on new people
                2025-05-01  3        promoted  0.2600             none           none
                2025-06-01  4        kept      0.2500             0.3100         -0.0123 (> -0.0200)
                """);
    }

    @Test
    void notesAreSaid() {
        assertThat(printed(OUTPUT.formatted(",\"notes\":[\"version 1 stays\"]")))
                .endsWith("note: version 1 stays\n");
    }

    @Test
    void theNotesOfItsBeginningAndOfItsTrainingsAreSaidToo() {
        var output = OUTPUT.formatted("")
                .replace("\"restore\":true,", "\"restore\":true,\"notes\":[\"version 9 was taken back\"],")
                .replace("\"decision\":\"kept\",", "\"decision\":\"kept\",\"notes\":[\"the run is deleted\"],");

        assertThat(printed(output)).endsWith("note: version 9 was taken back\nnote: 2025-06-01: the run is deleted\n");
    }

    @Test
    void programsGetTheDecisionsAndWhetherItRestored() {
        var json = JsonDocument.parse(
                new ReplayText(JsonDocument.parse(OUTPUT.formatted(""))).json().json());

        assertThat(json.flag("restore")).isTrue();
        assertThat(json.documents("runs")).hasSize(2).last().satisfies(run -> {
            assertThat(run.text("cutoff")).isEqualTo("2025-06-01");
            assertThat(run.document("average_precision_difference").number("lower"))
                    .isEqualTo(-0.02);
        });
    }

    private static String printed(String output) {
        var bytes = new ByteArrayOutputStream();
        new ReplayText(JsonDocument.parse(output))
                .print(new PrintStream(bytes, true, StandardCharsets.UTF_8), Style.PLAIN);
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
