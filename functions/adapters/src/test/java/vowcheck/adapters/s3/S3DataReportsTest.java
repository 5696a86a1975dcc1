package vowcheck.adapters.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.quality.DataProfile;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReport.Occasion;
import vowcheck.core.workflow.WorkflowUnavailable;

class S3DataReportsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.5Z");

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3DataReports reports = new S3DataReports(s3, "models");

    @Test
    void theLastReportOfEachOccasionIsKept() {
        var imported = report(Occasion.IMPORT, "a", 1);
        var first = report(Occasion.TRAINING, "b", 2000);
        var second = report(Occasion.TRAINING, "c", 0);
        reports.keep(imported);
        reports.keep(first);
        assertThat(reports.last(Occasion.TRAINING)).hasValue(first);
        reports.keep(second);

        assertThat(reports.last(Occasion.IMPORT)).hasValue(imported);
        assertThat(reports.last(Occasion.TRAINING)).hasValue(second);
        assertThat(s3.objects()).containsOnlyKeys("reports/data/import.json", "reports/data/training.json");
    }

    @Test
    void thereIsNoneAtFirstAndNoneIsMadeUpWhereS3DoesNotAnswer() {
        assertThat(reports.last(Occasion.IMPORT)).isEmpty();
        s3.reachable(false);
        assertThatThrownBy(() -> reports.last(Occasion.IMPORT)).isInstanceOf(WorkflowUnavailable.class);
        assertThatThrownBy(() -> reports.keep(report(Occasion.IMPORT, "a", 1)))
                .isInstanceOf(WorkflowUnavailable.class)
                .hasMessage("S3 did not write reports/data/import.json");
    }

    private static DataReport report(Occasion occasion, String name, int rows) {
        var champion = ModelFixtures.constant("7", 0.25).manifest();
        var profile = new DataProfile(
                FeatureSchema.CONTRACT,
                occasion == Occasion.IMPORT ? Optional.empty() : Optional.of(champion),
                rows == 0 ? Optional.of(LocalDate.of(2025, 5, 1)) : Optional.empty());
        for (int row = 0; row < rows; row++) {
            profile.add(
                    ModelFixtures.APPLICATION.values(FeatureSchema.CONTRACT), row % 9 == 0, LocalDate.of(2025, 6, 1));
        }
        return profile.report(occasion, name, NOW);
    }
}
