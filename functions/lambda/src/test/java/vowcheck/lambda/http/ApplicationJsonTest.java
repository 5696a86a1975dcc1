package vowcheck.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.SubmittedApplication;

class ApplicationJsonTest {

    private static final ApplicationJson APPLICATION_JSON =
            new ApplicationJson(FeatureSchema.CURRENT, InstantSource.system());

    private static final Path EVENTS = Path.of("..", "..", "events");

    private final String request = read("request_1.json");

    @Test
    void theContractsRequestIsRead() {
        var application = APPLICATION_JSON.one(request).application();

        assertThat(application.value(Feature.CLIENT_INCOME)).isEqualTo(12000);
        assertThat(application.value(Feature.EDUCATION_DAYS)).isEqualTo(6000);
    }

    @Test
    void theContractsBatchIsReadInItsOrder() {
        var applications = batchOf(read("request_drift.json"));

        assertThat(applications).hasSize(1001);
        assertThat(applications.getFirst().application().value(Feature.CLIENT_INCOME))
                .isEqualTo(8100);
        assertThat(applications.get(1).application().value(Feature.CLIENT_INCOME))
                .isEqualTo(15750);
    }

    @Test
    void unknownFieldsAreIgnored() {
        var more = request.replaceFirst("\\{", "{\"Name\": {\"first\": [1, {}]}, ");

        assertThat(APPLICATION_JSON.one(more)).isEqualTo(APPLICATION_JSON.one(request));
    }

    @Test
    void halfASurrogatePairIsShownAsAQuestionMark() {
        var cutWithin = "x".repeat(39) + "\ud83d\udc8d";

        for (var value : List.of("\\ud800", cutWithin)) {
            assertThatThrownBy(() -> APPLICATION_JSON.one(request.replace("20000", "\"" + value + "\"")))
                    .isInstanceOfSatisfying(
                            InvalidApplication.class,
                            e -> assertThat(e.faults().getFirst().received())
                                    .contains("?")
                                    .matches("\\P{Cs}*"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"20000\", the string \"20000\"",
                "true, true",
                "null, null",
                "{\"days\": 1}, an object",
                "[1], an array",
                "-1, -1",
                "1e39, 1e39",
                "-0.5, -0.5",
            })
    void aRefusedValueIsShownAsReceived(String value, String came) {
        assertThatThrownBy(() -> APPLICATION_JSON.one(request.replace("20000", value)))
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .containsExactly(new InvalidApplication.Fault(
                                        Feature.AGE_DAYS, came, "a finite float32 number of 0 or more")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "12",
                "\"text\"",
                "{",
                "{\"Age_Days\": NaN}",
                "{\"a\" 1}",
                "{\"Age_Days\": Infinity}"
            })
    void whatIsNotOneJsonObjectIsMalformed(String body) {
        assertThatThrownBy(() -> APPLICATION_JSON.one(body)).isInstanceOfAny(MalformedRequest.class);
    }

    @Test
    void textAfterTheObjectIsMalformed() {
        assertThatThrownBy(() -> APPLICATION_JSON.one(request + "{}")).isInstanceOf(MalformedRequest.class);
    }

    @Test
    void deepNestingIsMalformed() {
        var deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> APPLICATION_JSON.one(deep)).isInstanceOf(MalformedRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"instances\": []}",
                "{\"instances\": {}}",
                "{\"instances\": [1]}",
                "{\"instances\": null}"
            })
    void aBatchWithAnotherShapeIsMalformed(String body) {
        assertThatThrownBy(() -> batchOf(body))
                .isInstanceOf(MalformedRequest.class)
                .hasMessageContaining("expected");
    }

    @Test
    void aRefusedInstanceIsNamedByItsIndex() {
        var bad = request.replace("12000", "0");

        assertThatThrownBy(() -> batchOf(batch(request, bad, request, "{}")))
                .isInstanceOfSatisfying(
                        InvalidInstances.class,
                        e -> assertThat(e.instances())
                                .extracting(InvalidInstances.Instance::index)
                                .containsExactly(1, 3));
    }

    @Test
    void tenThousandInstancesAreAcceptedAndNoMore() {
        var full = Collections.nCopies(10_000, request).toArray(String[]::new);
        var over = Collections.nCopies(10_001, request).toArray(String[]::new);

        assertThat(batchOf(batch(full))).hasSize(10_000);
        assertThatThrownBy(() -> batchOf(batch(over)))
                .isInstanceOf(TooManyInstances.class)
                .hasMessageContaining("10000");
    }

    @Test
    void anApplicationMayNameItsLoan() {
        var ids = List.of("4711", "Loan_2025-06.0815", "x".repeat(64));

        var batch = batchOf(batch(ids.stream().map(this::of).toArray(String[]::new)));

        assertThat(batch)
                .extracting(SubmittedApplication::loanId)
                .containsExactlyElementsOf(ids.stream().map(LoanId::new).toList());
        assertThat(APPLICATION_JSON.one(request).loanId()).isNull();
        assertThat(APPLICATION_JSON.one(of("4711")).application())
                .isEqualTo(APPLICATION_JSON.one(request).application());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"\", a string of 0 characters",
                "\"of Ada\", a string of 6 characters",
                "\"4711\\n\", a string of 5 characters",
                "4711, a number",
                "4711.5, a number",
                "true, true",
                "null, null",
                "[\"4711\"], an array",
                "{\"id\": \"4711\"}, an object",
            })
    void aRefusedLoanIdIsNamedWithoutItsValue(String value, String received) {
        var body = request.replaceFirst("\\{", "{\"loan_id\": %s, ".formatted(Matcher.quoteReplacement(value)));

        assertThatThrownBy(() -> APPLICATION_JSON.one(body.replace("20000", "-1")))
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        new InvalidApplication.Fault(
                                                Feature.AGE_DAYS, "-1", "a finite float32 number of 0 or more"),
                                        new InvalidApplication.Fault(
                                                "loan_id",
                                                received,
                                                "a string of 1 to 64 characters of A-Z, a-z, 0-9, ., _ and -")));
    }

    @Test
    void severalLoanIdsAreOneFault() {
        var several = of("4711").replaceFirst("\\{", "{" + "\"loan_id\": \"4711\", ".repeat(3));

        assertThatThrownBy(() -> APPLICATION_JSON.one(several))
                .isInstanceOfSatisfying(
                        InvalidApplication.class,
                        e -> assertThat(e.faults())
                                .containsExactly(new InvalidApplication.Fault("loan_id", "it twice", "it once")));
    }

    /// The request, for that loan.
    private String of(String loanId) {
        return request.replaceFirst("\\{", "{\"loan_id\": \"%s\", ".formatted(loanId));
    }

    private static List<SubmittedApplication> batchOf(String body) {
        return APPLICATION_JSON.batch(body, 10_000);
    }

    private static String batch(String... instances) {
        return "{\"instances\": [" + String.join(",", instances) + "]}";
    }

    private static String read(String event) {
        try {
            return Files.readString(EVENTS.resolve(event));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
