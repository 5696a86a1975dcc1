package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import vowcheck.adapters.json.JsonDocument;

class FiguresTest {

    @Test
    void figureThatMissesItsTargetIsMarked() {
        assertThat(printed(Map.of(Measure.EIGHT_TO_ONE, 2.49, Measure.EXPLAINED_PREDICTION, 1.51)))
                .filteredOn(line -> line.startsWith("!"))
                .hasSize(2);
    }

    @Test
    void figureThatMeetsItsTargetIsNotMarked() {
        assertThat(printed(Map.of(Measure.EIGHT_TO_ONE, 2.5, Measure.EXPLAINED_PREDICTION, 1.5)))
                .noneMatch(line -> line.startsWith("!"));
    }

    /// Times differ between machines.
    @ParameterizedTest
    @EnumSource
    void onlyRatiosAndSizesHaveTargets(Measure measure) {
        if (!measure.targetInWords().isEmpty()) {
            assertThat(measure.unit()).isIn("×", "B", "MiB");
        }
    }

    @Test
    void theFunctionsOwnShareIsTheAnswerWithoutStoring() {
        var figures = figures(Map.of(Measure.BATCH_1001_P50, 50.0, Measure.STORE_1001, 20.0));

        assertThat(figures.values())
                .containsEntry(Measure.OWN_1001, 30.0)
                .containsEntry(Measure.BATCH_1001_TO_STORING, 2.5);
    }

    @Test
    void jsonHasSurroundingsAndFiguresByName() {
        var figures = new Figures(Map.of("fsync", "on"), Map.of(Measure.COLD_START, 312.5), List.of("a batch: 1"));

        var document = JsonDocument.parse(figures.json());

        assertThat(document.document("surroundings").text("fsync")).isEqualTo("on");
        assertThat(document.document("figures").number("cold_start")).isEqualTo(312.5);
        assertThat(document.texts("refusals")).containsExactly("a batch: 1");
    }

    @Test
    void ratioIsThisRunsFigureToTheFormers() {
        assertThat(compared(Map.of(Measure.COLD_START, 300.0), "cold_start", 600))
                .anyMatch(line -> line.contains("cold start, plain") && line.endsWith(" 0.50"));
    }

    /// A former bench measured the same, but did not subtract.
    @Test
    void whatFollowsFromFormerFiguresIsCompared() {
        var former = Figures.read(
                JsonDocument.parse("{\"figures\":{\"batch_1001_p50\":60,\"store_1001\":40,\"unknown\":1}}"));
        var lines = new ArrayList<String>();

        figures(Map.of(Measure.BATCH_1001_P50, 15.0, Measure.STORE_1001, 10.0)).print(lines::add, Optional.of(former));

        assertThat(lines)
                .filteredOn(line -> line.contains("own share"))
                .hasSize(1)
                .allMatch(line -> line.endsWith(" 0.25"));
    }

    @Test
    void aFormerRunOfAnotherPartIsNamedAsSuch() {
        assertThat(compared(Map.of(Measure.COLD_START, 300.0), "score", 1))
                .contains("! the former run has none of these figures");
    }

    @Test
    void whatWasRefusedIsPrintedAfterTheOtherFigures() {
        var refusals = new Refusals();
        refusals.add("batch of 10,000", "503");
        refusals.add("batch of 10,000", "500");
        var lines = new ArrayList<String>();

        new Figures(Map.of(), Map.of(Measure.COLD_START, 300.0), refusals.inWords())
                .print(lines::add, Optional.empty());

        assertThat(lines).anyMatch(line -> line.contains("300"));
        assertThat(lines.getLast()).isEqualTo("! batch of 10,000: 2 without figure, the first one: 503");
    }

    @Test
    void whereEverythingWasRefusedThereIsNoFigure() {
        assertThat(Figures.percentiles(
                        new Histogram(3), Measure.BATCH_10000_P50, Measure.BATCH_10000_P90, Measure.BATCH_10000_P99))
                .isEmpty();
    }

    private static Figures figures(Map<Measure, Double> values) {
        return new Figures(Map.of(), values, List.of());
    }

    private static List<String> printed(Map<Measure, Double> values) {
        var lines = new ArrayList<String>();
        figures(values).print(lines::add, Optional.empty());
        return lines;
    }

    private static List<String> compared(Map<Measure, Double> values, String formerName, int formerValue) {
        var former = JsonDocument.parse("{\"figures\":{\"%s\":%d}}".formatted(formerName, formerValue));
        var lines = new ArrayList<String>();
        figures(values).print(lines::add, Optional.of(Figures.read(former)));
        return lines;
    }
}
