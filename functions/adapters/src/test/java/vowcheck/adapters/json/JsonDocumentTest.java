package vowcheck.adapters.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

    @Test
    void whatIsWrittenIsReadAndFieldsKeepTheirOrder() {
        var json = new JsonObject()
                .with("text", "ü")
                .with("number", 0.1f)
                .with("whole", 1L << 40)
                .with("date", "2025-05-01")
                .with("object", new JsonObject().with("flag", true))
                .with("objects", List.of(new JsonObject().with("index", 7)))
                .with("map", Map.of("inner", Map.of("first", new JsonObject().with("index", 8))))
                .withPresent("there", Optional.of("here"))
                .withPresent("absent", Optional.empty())
                .json();

        assertThat(json)
                .isEqualTo("{\"text\":\"ü\",\"number\":0.1,\"whole\":1099511627776,\"date\":\"2025-05-01\","
                        + "\"object\":{\"flag\":true},\"objects\":[{\"index\":7}],"
                        + "\"map\":{\"inner\":{\"first\":{\"index\":8}}},\"there\":\"here\"}");
        var document = JsonDocument.parse(json);
        assertThat(document.text("text")).isEqualTo("ü");
        assertThat(document.number("number")).isEqualTo(0.1);
        assertThat(document.longInteger("whole")).isEqualTo(1L << 40);
        assertThat(document.date("date")).isEqualTo(LocalDate.parse("2025-05-01"));
        assertThat(document.document("object").flag("flag")).isTrue();
        assertThat(document.documents("objects").getFirst().integer("index")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "42", "{", "{} {}", "{}secret", "{\"a\":1},"})
    void anythingButOneObjectIsRefusedWithoutRepeatingIt(String json) {
        assertThatThrownBy(() -> JsonDocument.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a JSON object");
    }

    @Test
    void aFaultIsNamedByItsPathWithoutItsValue() {
        var document = JsonDocument.parse("{\"a\":{\"b\":[{\"c\":\"secret\"}]}}");
        var inner = document.document("a").documents("b").getFirst();

        assertThatThrownBy(() -> inner.integer("c"))
                .hasMessage("the field a.b[0].c is a string, expected a whole number of 32 bits");
        assertThatThrownBy(() -> inner.date("c")).hasMessage("the field a.b[0].c is a string, expected a date");
        assertThatThrownBy(() -> inner.text("d")).hasMessage("the field a.b[0].d is nothing, expected a string");
        assertThatThrownBy(() -> document.document("a").texts("b"))
                .hasMessage("the field a.b is an array, expected an array of strings");
    }

    @Test
    void aNumberThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> JsonDocument.parse("{\"n\":1e400}").number("n"))
                .hasMessage("the field n is a number, expected a finite number");
    }
}
