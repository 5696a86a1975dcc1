package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;

class ShadowTextTest {

    private static final String ON = """
            {"status":"on","model_version":"3","manifest_sha256":"%s","started_at":"2026-11-26T17:00:00Z",
             "started_by":"ada","reason":"case 17","comparison":%s}""";

    @Test
    void withoutAShadowTheTextSaysHowToStartOne() {
        assertThat(text("{\"status\":\"off\"}"))
                .isEqualTo("no model is the shadow; ./vowcheck shadow VERSION --reason … starts one\n");
    }

    @Test
    void aShadowThatCannotBeReadIsSaid() {
        assertThat(text("{\"status\":\"unreadable\",\"fault\":\"the field 'reason' is missing\"}"))
                .contains(
                        "cannot be read: the field 'reason' is missing; ./vowcheck shadow --stop --reason … mends it");
    }

    @Test
    void aShadowWithoutScoresIsNamed() {
        assertThat(text(ON.formatted("0".repeat(64), "{\"rows\":0,\"scored\":0}")))
                .isEqualTo("""
                version 3 has been the shadow since 2026-11-26T17:00:00Z, started by ada: case 17
                there was no application since then
                """);
    }

    @Test
    void aShadowThatScoresNothingIsSeen() {
        assertThat(text(ON.formatted("0".repeat(64), "{\"rows\":12,\"since\":\"2026-11-26T17:00:01Z\",\"scored\":0}")))
                .endsWith("it has scored 0 (0.0 %) of the newest 12 applications, those since 2026-11-26T17:00:01Z\n");
    }

    @Test
    void bothModelsAreCompared() {
        assertThat(text(ON.formatted("0".repeat(64), """
                {"rows":1250,"since":"2026-11-26T17:00:01Z","scored":1000,"answered_by":["2"],
                 "answered":{"mean":0.08,"quantiles":{"0.05":0.03,"0.5":0.07}},
                 "shadow":{"mean":0.09,"quantiles":{"0.05":0.02,"0.5":0.1}},
                 "top":50,"in_both_tops":43,"rank_correlation":0.93}"""))).isEqualTo("""
                version 3 has been the shadow since 2026-11-26T17:00:00Z, started by ada: case 17
                it has scored 1,000 (80.0 %) of the newest 1,250 applications, those since 2026-11-26T17:00:01Z

                probability    version 2  shadow, version 3
                mean           0.0800     0.0900
                quantile 0.05  0.0300     0.0200
                quantile 0.5   0.0700     0.1000

                rank correlation 0.930; of the 50 with the highest probabilities, 43 are the same (86 %)
                """);
    }

    private static String text(String answer) {
        return Printed.by(out -> new ShadowText(JsonDocument.parse(answer)).print(out, Style.PLAIN));
    }
}
