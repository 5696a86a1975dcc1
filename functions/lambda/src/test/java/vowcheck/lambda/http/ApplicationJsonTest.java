package vowcheck.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;

class ApplicationJsonTest {

    private static final ApplicationJson APPLICATION_JSON =
            new ApplicationJson(FeatureSchema.CURRENT, InstantSource.system());

    private static final Path EVENTS = Path.of("..", "..", "events");

    private final String request = read("request_1.json");

    @Test
    void theContractsRequestIsRead() {
        var application = APPLICATION_JSON.one(request);

        assertThat(application.value(Feature.CLIENT_INCOME)).isEqualTo(12000);
        assertThat(application.value(Feature.EDUCATION_DAYS)).isEqualTo(6000);
    }

    @Test
    void theContractsBatchIsReadInItsOrder() {
        var applications = batchOf(read("request_drift.json"));

        assertThat(applications).hasSize(1001);
        assertThat(applications.getFirst().value(Feature.CLIENT_INCOME)).isEqualTo(8100);
        assertThat(applications.get(1).value(Feature.CLIENT_INCOME)).isEqualTo(15750);
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

    private static List<Application> batchOf(String body) {
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
