package vowcheck.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        var figures = new Figures(Map.of("fsync", "on"), Map.of(Measure.COLD_START, 312.5));

        var document = JsonDocument.parse(figures.json());

        assertThat(document.document("surroundings").text("fsync")).isEqualTo("on");
        assertThat(document.document("figures").number("cold_start")).isEqualTo(312.5);
    }

    @Test
    void ratioIsThisRunsFigureToTheFormers() {
        var lines = new ArrayList<String>();

        new Figures(Map.of(), Map.of(Measure.COLD_START, 300.0))
                .print(lines::add, Optional.of(JsonDocument.parse("{\"figures\":{\"cold_start\":600}}")));

        assertThat(lines.getLast()).endsWith(" 0.50");
    }

    private static List<String> printed(Map<Measure, Double> values) {
        var lines = new ArrayList<String>();
        new Figures(Map.of(), values).print(lines::add, Optional.empty());
        return lines;
    }
}
