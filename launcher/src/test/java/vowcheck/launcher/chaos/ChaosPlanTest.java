package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChaosPlanTest {

    private static final int ACTS = 40;

    @Test
    void aSeedGivesTheSameActsWithTheSameArguments() {
        assertThat(ChaosPlan.of(7, ACTS)).isEqualTo(ChaosPlan.of(7, ACTS)).isNotEqualTo(ChaosPlan.of(8, ACTS));
        assertThat(ChaosPlan.of(7, 5).acts())
                .isEqualTo(ChaosPlan.of(7, ACTS).acts().subList(0, 5));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void fortyActsContainEveryKindAndEndEveryEffect(ChaosPlan plan) {
        var acts = plan.acts().stream().map(PlannedAct::act).toList();
        assertThat(acts).hasSize(ACTS);
        assertThat(acts.stream().map(Act::getClass).distinct()).hasSize(21);
        var lasting = new ArrayList<Act>();
        for (var act : acts) {
            act.remedy().ifPresent(remedy -> {
                assertThat(lasting).doesNotContain(remedy);
                lasting.add(remedy);
            });
            lasting.remove(act);
            if (act instanceof KilledLocalStack) {
                assertThat(lasting).isEmpty();
            }
        }
        assertThat(lasting).isEmpty();
    }

    static Stream<ChaosPlan> plans() {
        return Stream.iterate(1L, seed -> seed + 1).limit(50).map(seed -> ChaosPlan.of(seed, ACTS));
    }
}
