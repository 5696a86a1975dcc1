package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelVersion;

class ReplayPlanTest {

    private static final LocalDate MAY = LocalDate.of(2025, 5, 1);
    private static final LocalDate JULY = LocalDate.of(2025, 7, 1);
    private static final Optional<ModelVersion> SEVEN = Optional.of(new ModelVersion("7"));

    @Test
    void whatItDoesToProductionIsSaid() {
        assertThat(new ReplayPlan(MAY, JULY, true).sentence(SEVEN))
                .isEqualTo("version 7 is in production; 3 trainings may replace it, and it is put back at the end");
        assertThat(new ReplayPlan(MAY, MAY, false).sentence(SEVEN))
                .isEqualTo("version 7 is in production; one training may replace it, and what is promoted last stays:"
                        + " to put version 7 back at the end, use --restore");
        assertThat(new ReplayPlan(MAY, JULY, true).sentence(Optional.empty()))
                .isEqualTo("no model is in production: what one of 3 trainings promotes last stays");
    }

    @Test
    void itsInputHasItsCutoffs() {
        assertThat(new ReplayPlan(MAY, JULY, false).input().json())
                .isEqualTo("{\"cutoffs\":[\"2025-05-01\",\"2025-06-01\",\"2025-07-01\"],\"restore\":false}");
    }
}
