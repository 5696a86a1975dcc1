package vowcheck.core.training;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import vowcheck.core.drift.InMemoryDrift;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ReferenceDistribution;
import vowcheck.core.model.TrainingData;

/// In the champion's rows, ages are from 1000 to 1999 and days since the identity document was changed from 1300 to
/// 2299, so that the two overlap.
class ExchangeCheckTest {

    private static final int ROWS = 1_000;
    private static final int LOW = 1_000;
    private static final int HIGH = 1_300;
    private static final ModelManifest CHAMPION = champion();
    private static final LocalDate SINCE = CHAMPION.data().cutoff();

    private final InMemoryDrift logged = new InMemoryDrift();
    private final ExchangeCheck check = new ExchangeCheck(logged);

    @Test
    void columnsInTheirPlacesAreAccepted() {
        assertAccepted(rows(LOW, HIGH));
    }

    @Test
    void exchangedColumnsAreRefusedAndNamed() {
        assertThatThrownBy(() -> check.requireInPlace(rows(HIGH, LOW), CHAMPION, SINCE))
                .isInstanceOf(RefusedRows.class)
                .hasMessage(
                        "the 1,000 newest labelled rows are refused: Age_Days and ID_Days seem to be exchanged: their"
                                + " overlaps with the rows of version 3 sum to 1.40, and to 2.00 if they change places; check"
                                + " which column is which, correct the rows and train again");
    }

    /// Whichever they are: one feature may become like another one.
    @Test
    void aChangeOfOneFeatureIsAccepted() {
        assertAccepted(rows(HIGH, HIGH));
        assertAccepted(rows(LOW, LOW));
        assertAccepted(rows(7, HIGH));
    }

    @Test
    void aRealChangeThatTheLoggedApplicationsShareIsAccepted() {
        log(HIGH, LOW, 1_000);

        assertAccepted(rows(HIGH, LOW));
    }

    @Test
    void applicationsThatAreAsBeforeOrTooFewConfirmNothing() {
        log(HIGH, LOW, 999);
        assertThatThrownBy(() -> check.requireInPlace(rows(HIGH, LOW), CHAMPION, SINCE))
                .isInstanceOf(RefusedRows.class);

        log(LOW, HIGH, 2_000);
        assertThatThrownBy(() -> check.requireInPlace(rows(HIGH, LOW), CHAMPION, SINCE))
                .isInstanceOf(RefusedRows.class);
    }

    private void assertAccepted(LabelledRows rows) {
        assertThatCode(() -> check.requireInPlace(rows, CHAMPION, SINCE)).doesNotThrowAnyException();
    }

    private void log(int firstAge, int firstId, int times) {
        for (int row = 0; row < times; row++) {
            logged.log(Application.of(FeatureSchema.CONTRACT, values(firstAge, firstId, row)), 1);
        }
    }

    private static LabelledRows rows(int firstAge, int firstId) {
        var rows = LabelledRows.builder(FeatureSchema.CONTRACT);
        for (int row = 0; row < ROWS; row++) {
            rows.add(values(firstAge, firstId, row), false, LocalDate.of(2025, 5, 1), row);
        }
        return rows.build();
    }

    private static float[] values(int firstAge, int firstId, int row) {
        var values = new float[FeatureSchema.CONTRACT.size()];
        Arrays.fill(values, 50);
        values[FeatureSchema.CONTRACT.position(Feature.AGE_DAYS)] = firstAge + row % ROWS;
        values[FeatureSchema.CONTRACT.position(Feature.ID_DAYS)] = firstId + row % ROWS;
        return values;
    }

    private static ModelManifest champion() {
        var any = ModelFixtures.constant("3", 0.1).manifest();
        var data = any.data();
        var rows = rows(LOW, HIGH);
        var reference = new LinkedHashMap<>(data.reference());
        for (var feature : new Feature[] {Feature.AGE_DAYS, Feature.ID_DAYS}) {
            reference.put(feature, ReferenceDistribution.of(rows.column(feature)));
        }
        return new ModelManifest(
                any.version(),
                any.file(),
                any.schema(),
                new TrainingData(
                        data.origin(),
                        data.cutoff(),
                        data.fittedUntil(),
                        data.labelledRows(),
                        data.training(),
                        data.calibrating(),
                        data.test(),
                        reference),
                any.settings(),
                any.calibration(),
                any.metrics(),
                any.parity(),
                any.smoke());
    }
}
