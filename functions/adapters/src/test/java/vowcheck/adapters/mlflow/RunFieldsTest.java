package vowcheck.adapters.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.Interval;
import vowcheck.core.training.NewPeopleComparison;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.OutcomeFixtures;

class RunFieldsTest {

    private static final ModelIdentity SIX = ModelFixtures.identity("6");

    private static final CodeVersion CODE = new CodeVersion("0.1.0", Optional.of("6e6b21a0ff00"));

    @Test
    void aRunHasWhatTheContractAsksFor() {
        var run = RunFields.of(ModelFixtures.constant("7", 0.26).manifest(), Optional.empty(), CODE);

        assertThat(run.parameters())
                .containsEntry("max_depth", "3")
                .containsEntry("training_rows", "80")
                .containsEntry("labelled_rows", "100")
                .containsEntry("labelled_rows_newest_date", "2025-04-30")
                .containsKey("labelled_rows_sha256")
                .containsEntry("labelled_rows_left_out", "3")
                .containsEntry("test_rows", "10");
        assertThat(run.metrics()).containsKeys("average_precision", "training_positive_rate", "test_positive_rate");
        assertThat(run.tags())
                .containsEntry("training_cutoff", "2025-05-01")
                .containsEntry("data_cutoff_date", "2025-05-01")
                .containsEntry("code_version", "0.1.0+6e6b21a0ff")
                .containsEntry("mlflow.source.git.commit", "6e6b21a0ff00")
                .containsEntry("status", "candidate")
                .containsEntry("comparison_result", "undecided")
                .doesNotContainKey("champion_version");
    }

    @Test
    void aChampionIsNamedWithItsAveragePrecision() {
        var champion = OutcomeFixtures.champion(SIX, 0.25, new Interval(0.02, -0.01, 0.05));

        var run = RunFields.of(ModelFixtures.constant("7", 0.26).manifest(), Optional.of(champion), CODE);

        assertThat(run.metrics())
                .containsEntry("production_average_precision", 0.25)
                .containsEntry("production_calibration_error", 0.02)
                .containsEntry("production_average_precision_new_people", 0.25)
                .containsEntry("average_precision_difference", 0.02)
                .containsEntry("average_precision_difference_lower", -0.01)
                .containsEntry("calibration_error_difference_lower", -0.02)
                .containsEntry("recall_gap_difference", 0.0)
                .containsEntry("calibration_gap_difference_upper", 0.02);
        // The challenger on the same rows.
        assertThat(run.metrics())
                .containsEntry("compared_average_precision", 0.26)
                .containsEntry("compared_calibration_error", 0.02)
                .containsEntry("compared_average_precision_new_people", 0.27);
        assertThat(run.tags())
                .containsEntry("champion_version", "6")
                .containsEntry("champion_manifest_sha256", SIX.manifestHash().hex())
                .containsEntry("test_rows_left_out", "0")
                .doesNotContainKey("new_people_problem");
    }

    @Test
    void aRecipeThatCannotBeFittedOnNewPeopleIsNamedWithTheReason() {
        var comparison = OutcomeFixtures.comparison(0.25, 0, new NewPeopleComparison.NotFitted("too few people"));
        var champion = new Outcome.MeasuredChampion(SIX, comparison);

        var run = RunFields.of(ModelFixtures.constant("7", 0.26).manifest(), Optional.of(champion), CODE);

        assertThat(run.tags()).containsEntry("new_people_problem", "too few people");
        assertThat(run.metrics())
                .containsKey("compared_average_precision")
                .doesNotContainKey("average_precision_difference");
    }

    @Test
    void aChampionThatCannotBeOpenedIsNamedWithTheReason() {
        var champion = new Outcome.UnreadableChampion(SIX, "model.pb is missing");

        var run = RunFields.of(ModelFixtures.constant("7", 0.26).manifest(), Optional.of(champion), CODE);

        assertThat(run.metrics()).doesNotContainKey("production_average_precision");
        assertThat(run.tags())
                .containsEntry("champion_version", "6")
                .containsEntry("champion_manifest_sha256", SIX.manifestHash().hex())
                .containsEntry("champion_problem", "model.pb is missing")
                .doesNotContainKey("test_rows_left_out");
    }
}
