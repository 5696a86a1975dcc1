package vowcheck.adapters.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vowcheck.core.features.LaterBuild.HOUSEHOLD_SIZE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.LaterBuild;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.core.scoring.SubmittedApplication;

class ScoredRequestJsonTest {

    private static final ScoredRequestJson CURRENT = new ScoredRequestJson(FeatureSchema.CURRENT);
    private static final ScoredRequestJson LATER = new ScoredRequestJson(LaterBuild.SCHEMA);
    private static final Instant NOW = Instant.parse("2025-06-01T12:30:00.123456Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        var request = request(NOW, ModelFixtures.APPLICATION);

        assertThat(CURRENT.read(JsonDocument.parse(CURRENT.write(request)))).isEqualTo(request);
    }

    @Test
    void theLoansOfApplicationsAreReadAgain() {
        var named = new SubmittedApplication(ModelFixtures.APPLICATION, new LoanId("4711"));
        var unnamed = new SubmittedApplication(ModelFixtures.APPLICATION);
        var request = request(NOW, named, unnamed);

        assertThat(CURRENT.read(JsonDocument.parse(CURRENT.write(request)))).isEqualTo(request);
        assertThat(CURRENT.write(request(NOW, unnamed))).doesNotContain("loan_id");
    }

    @Test
    void theScoresOfAShadowAreReadAgain() {
        var submitted = new SubmittedApplication(ModelFixtures.APPLICATION);
        var scored = new ScoredApplication(submitted, 0.25, new ShadowScore(new ModelVersion("8"), 0.125));
        var request = request(NOW, submitted).part(List.of(scored, new ScoredApplication(submitted, 0.25)));

        assertThat(CURRENT.read(JsonDocument.parse(CURRENT.write(request)))).isEqualTo(request);
        assertThat(CURRENT.write(request(NOW, submitted))).doesNotContain("shadow");
    }

    @Test
    void anImpossibleLoanIdIsRefusedWithoutItsValue() {
        var named = new SubmittedApplication(ModelFixtures.APPLICATION, new LoanId("4711"));
        var message = CURRENT.write(request(NOW, named)).replace("4711", "of Ada");

        assertThatThrownBy(() -> CURRENT.read(JsonDocument.parse(message)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("applications[0].loan_id")
                .hasMessageNotContaining("Ada");
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> CURRENT.read(JsonDocument.parse("{\"applications\": []}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("request_id");
    }

    @Test
    void aMessageThatNamesNoFeaturesHasTheContractsTen() throws IOException {
        var former = JsonDocument.parse(
                Files.readString(Path.of("src/test/resources/sqs/message-without-feature-names.json")));
        var expected = Application.of(FeatureSchema.CONTRACT, 8100.5f, 1, 2, 3, 365243, 5, 6, 7, 8, 9);

        assertThat(CURRENT.read(former).model()).isEmpty();
        assertThat(CURRENT.read(former).applications()).containsExactly(ModelFixtures.APPLICATION, expected);
        assertThat(LATER.read(former).applications())
                .containsExactly(later(ModelFixtures.APPLICATION), later(expected));
        assertThat(LATER.read(former).scored().get(1).probability()).isEqualTo(0.125);
    }

    @ParameterizedTest
    @CsvSource({"a1b2c3d4e5, clerks", "unknown, unknown"})
    void aMessageOfBeforeClientsHadNamesIsTheClerks(String apiKeyId, String client) {
        var former = CURRENT.write(request(NOW, ModelFixtures.APPLICATION))
                .replace("\"client\":\"clerks\"", "\"api_key_id\":\"" + apiKeyId + "\"");

        assertThat(CURRENT.read(JsonDocument.parse(former)).origin().client()).isEqualTo(new ClientName(client));
    }

    @Test
    void aMessageThatNamesNoClientIsRefused() {
        var message = CURRENT.write(request(NOW, ModelFixtures.APPLICATION));

        assertThatThrownBy(() ->
                        CURRENT.read(JsonDocument.parse(message.replace("\"client\":\"clerks\"", "\"client\":\"\""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client");
    }

    @Test
    void aMessageOfThisBuildIsReadByTheLaterOneWithoutTheNewFeature() {
        var message = JsonDocument.parse(CURRENT.write(request(NOW, ModelFixtures.APPLICATION)));

        assertThat(LATER.read(message).applications()).containsExactly(later(ModelFixtures.APPLICATION));
    }

    @Test
    void missingFeaturesAreMissingAgain() {
        var request = request(NOW, later(ModelFixtures.APPLICATION), withHousehold(3));

        assertThat(LATER.read(JsonDocument.parse(LATER.write(request)))).isEqualTo(request);
    }

    @Test
    void aFeatureThatThisBuildDoesNotKnowIsNamed() {
        var message = JsonDocument.parse(LATER.write(request(NOW, withHousehold(3))));

        assertThatThrownBy(() -> CURRENT.read(message))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Household_Size");
    }

    @Test
    void anAnsweredRowIsReadWithoutAFeatureThatWasAlreadyRequired() {
        var required = LaterBuild.REQUIRED_SINCE.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        var answered = request(required, later(ModelFixtures.APPLICATION));

        assertThat(LATER.read(JsonDocument.parse(LATER.write(answered)))).isEqualTo(answered);
    }

    private static Application later(Application application) {
        return Application.of(LaterBuild.SCHEMA, application.values(LaterBuild.SCHEMA));
    }

    private static Application withHousehold(float size) {
        var values = ModelFixtures.APPLICATION.values(LaterBuild.SCHEMA);
        values[LaterBuild.SCHEMA.position(HOUSEHOLD_SIZE)] = size;
        return Application.of(LaterBuild.SCHEMA, values);
    }

    private static ScoredRequest request(Instant timestamp, Application... applications) {
        return request(
                timestamp,
                Stream.of(applications).map(SubmittedApplication::new).toArray(SubmittedApplication[]::new));
    }

    private static ScoredRequest request(Instant timestamp, SubmittedApplication... submitted) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId("r"), Endpoint.SINGLE, Purpose.PROBE, ClientName.CLERKS),
                timestamp,
                ModelFixtures.identity("7"),
                Stream.of(submitted)
                        .map(application -> new ScoredApplication(application, 0.1 + 0.2))
                        .toList());
    }
}
