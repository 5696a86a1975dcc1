package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;

class DriftTextTest {

    private static final String DRIFTED = """
            {"checked_at":"2026-11-26T12:00:00Z","model_version":"1","data_cutoff_date":"2025-05-01",
             "verdict":"drifted","rows":1001,"psi":{"Client_Income":0.012,"Age_Days":0.0612},
             "drifted_features":["Age_Days"],"psi_threshold":0.05,"min_samples":1000}
            """;

    @Test
    void eachFeatureIsARowWithItsBoundAndVerdict() {
        var text = new DriftText(JsonDocument.parse(DRIFTED));

        assertThat(Printed.by(out -> text.print(out, Style.PLAIN))).isEqualTo("""
                1,001 predictions since 2025-05-01, compared with the rows that model version 1 was made with

                feature        PSI     bound  verdict
                Client_Income  0.0120  0.05   stable
                Age_Days       0.0612  0.05   drifted

                """);
        assertThat(text.verdict()).isEqualTo("Age_Days drifted");
    }

    @Test
    void theShadowIsNamedWithItsRows() {
        var report = DRIFTED.replace(
                "\"min_samples\":1000", "\"min_samples\":1000,\"shadow\":{\"model_version\":\"2\",\"rows\":900}");

        assertThat(Printed.by(out -> new DriftText(JsonDocument.parse(report)).print(out, Style.PLAIN)))
                .endsWith(
                        "\n\nversion 2 is the shadow, and has scored 900 of them: ./vowcheck shadow compares the two\n\n");
    }

    @Test
    void tooFewPredictionsAreNotJudged() {
        var few = new DriftText(JsonDocument.parse(DRIFTED.replace("\"drifted\"", "\"too_few_rows\"")
                .replace("1001", "12")
                .replace("[\"Age_Days\"]", "[]")));

        assertThat(Printed.by(out -> few.print(out, Style.PLAIN)))
                .contains("Age_Days       0.0612  0.05   not judged")
                .doesNotContain("stable");
        assertThat(few.verdict()).isEqualTo("too few predictions to judge: expected at least 1,000");
    }

    @Test
    void withoutDriftNothingElseIsSaid() {
        var stable = new DriftText(
                JsonDocument.parse(DRIFTED.replace("\"drifted\"", "\"stable\"").replace("[\"Age_Days\"]", "[]")));

        assertThat(stable.verdict()).isEqualTo("no feature drifted");
    }
}
