package vowcheck.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.InMemoryModelStore;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.MovableClock;

/// In the fixtures, the reference of every feature is the values from 1 to 100.
class DriftCheckTest {

    private static final DriftPolicy POLICY = new DriftPolicy(0.05, 1_000);

    private final InMemoryModelStore models = new InMemoryModelStore();
    private final InMemoryDrift drift = new InMemoryDrift();
    private final DriftCheck check = new DriftCheck(models, drift, drift, drift, POLICY, new MovableClock());

    @BeforeEach
    void aModelIsInProduction() {
        models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void rowsDistributedAsTheReferenceAreStable() {
        logReference(10);
        var report = checked();
        assertThat(report.verdict()).isEqualTo(new DriftVerdict.Stable());
        assertThat(report.psiByFeature())
                .hasSize(10)
                .allSatisfy((_, psi) -> assertThat(psi).isLessThan(1e-9));
        assertThat(drift.signals()).isEmpty();
    }

    @Test
    void theShadowIsNamedWithItsRows() {
        logReference(1);
        assertThat(checked().shadow()).isNull();
        models.shadow(ModelFixtures.shadow("9"));

        var report = checked();

        assertThat(report.shadow()).isEqualTo(new ShadowRows(new ModelVersion("9"), report.rows()));
    }

    @Test
    void aShadowWhoseRowsCannotBeCountedHidesNoDrift() {
        models.shadow(ModelFixtures.shadow("9"));
        drift.log(application(50_000), 1_000);
        drift.countNoShadows();

        var report = checked();

        assertThat(report.shadow()).isNull();
        assertThat(drift.reports()).containsExactly(report);
        assertThat(drift.signals()).containsExactly(report);
    }

    @Test
    void driftIsReportedAndRequestsARetrainingWithTheCutoffOfThatDay() {
        drift.log(application(50_000), 1_000);
        var report = checked();
        assertThat(report.verdict()).isEqualTo(new DriftVerdict.Drifted(FeatureSchema.CURRENT.features()));
        assertThat(drift.reports()).containsExactly(report);
        assertThat(drift.signals()).containsExactly(report);
        assertThat(report.retrainingCutoff()).isEqualTo(LocalDate.of(2025, 6, 1));
    }

    @Test
    void tooFewRowsAreNeitherStableNorDrift() {
        drift.log(application(50_000), 999);
        var report = checked();
        assertThat(report.verdict()).isEqualTo(new DriftVerdict.TooFewRows());
        assertThat(report.rows()).isEqualTo(999);
        assertThat(drift.reports()).containsExactly(report);
        assertThat(drift.signals()).isEmpty();
    }

    @Test
    void anOptionalFeatureIsJudgedOnceAsManyRowsHaveItAsThePolicyRequires() {
        models.promote(ModelFixtures.constant("8", 0.25, LaterBuild.SCHEMA));
        logReference(10);
        drift.log(household(50_000), 999);
        assertThat(checked().psiByFeature())
                .doesNotContainKey(LaterBuild.HOUSEHOLD_SIZE)
                .hasSize(10);

        drift.log(household(50_000), 1);
        assertThat(checked().psiByFeature().get(LaterBuild.HOUSEHOLD_SIZE)).isGreaterThan(POLICY.threshold());
    }

    @Test
    void tooFewRowsAreReportedWithEveryFeatureThatTheyHave() {
        models.promote(ModelFixtures.constant("8", 0.25, LaterBuild.SCHEMA));
        drift.log(application(50), 500);
        drift.log(household(50_000), 1);
        var report = checked();
        assertThat(report.verdict()).isEqualTo(new DriftVerdict.TooFewRows());
        assertThat(report.psiByFeature()).containsKey(LaterBuild.HOUSEHOLD_SIZE).hasSize(11);
    }

    @Test
    void withoutRowsThereIsNoIndex() {
        assertThat(checked().psiByFeature()).isEmpty();
    }

    @Test
    void withoutAModelThereIsNothingToCompareWith() {
        models.withdraw();
        assertThatThrownBy(this::checked).isInstanceOf(UnusableModel.class);
    }

    private void logReference(int times) {
        for (int value = 1; value <= 100; value++) {
            drift.log(application(value), times);
        }
    }

    private static Application application(float value) {
        return Application.of(
                FeatureSchema.CONTRACT, value, value, value, value, value, value, value, value, value, value);
    }

    private static Application household(float size) {
        float value = 50;
        return Application.of(
                LaterBuild.SCHEMA, value, value, value, value, value, value, value, value, value, value, size);
    }

    private DriftReport checked() {
        return check.check(Optional.empty());
    }
}
