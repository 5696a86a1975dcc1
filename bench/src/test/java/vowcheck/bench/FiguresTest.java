package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;

class FiguresTest {

    @Test
    void figureThatMissesItsTargetIsMarked() {
        assertThat(printed(Map.of(Measure.PREDICTIONS_PER_SECOND, 4999.0, Measure.PREDICTION_P99, 0.61)))
                .filteredOn(line -> line.startsWith("!"))
                .hasSize(2);
    }

    @Test
    void figureThatMeetsItsTargetIsNotMarked() {
        assertThat(printed(Map.of(Measure.PREDICTIONS_PER_SECOND, 5000.0, Measure.PREDICTION_P99, 0.6)))
                .noneMatch(line -> line.startsWith("!"));
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
        var lines = new ArrayList<String>();

        new Figures(Map.of(), Map.of(Measure.COLD_START, 300.0), List.of())
                .print(lines::add, Optional.of(JsonDocument.parse("{\"figures\":{\"cold_start\":600}}")));

        assertThat(lines.getLast()).endsWith(" 0.50");
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

    private static List<String> printed(Map<Measure, Double> values) {
        var lines = new ArrayList<String>();
        new Figures(Map.of(), values, List.of()).print(lines::add, Optional.empty());
        return lines;
    }
}
