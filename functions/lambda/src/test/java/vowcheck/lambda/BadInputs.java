package vowcheck.lambda;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static vowcheck.lambda.BadInput.batch;
import static vowcheck.lambda.BadInput.feature;
import static vowcheck.lambda.BadInput.predict;
import static vowcheck.lambda.BadInput.predictions;
import static vowcheck.lambda.BadInput.request;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the API refuses, and what it only seems to have to.
final class BadInputs {

    static final String USED_KEY = "a-key-that-was-used";

    private static final String GOOD = Events.text("request_1.json");
    private static final String BAD = GOOD.replace("20000", "-1");

    private BadInputs() {}

    /// What is refused.
    static Map<String, List<BadInput>> byKind() {
        var kinds = new LinkedHashMap<String, List<BadInput>>();
        kinds.put("A feature of one application (`POST /predict`)", features());
        kinds.put("The body of one application (`POST /predict`)", bodies());
        kinds.put("A batch (`POST /batch_predict`)", batches());
        kinds.put("Content types, parameters and headers", headers());
        kinds.put("Stored predictions (`GET /predictions/{request_id}`)", stored());
        kinds.put("Paths and methods", paths());
        return kinds;
    }

    /// What is scored, however unusual.
    static List<BadInput> scored() {
        return List.of(
                feature("Age_Days", "0"),
                feature("Age_Days", "-0.0"),
                feature("Age_Days", "20000.75"),
                feature("Age_Days", "2e4"),
                feature("Age_Days", "1e-60"),
                feature("Age_Days", "3.4e38"),
                feature("Credit_Amount", "25000.01"),
                feature("Employed_Days", "365243"),
                feature("Education_Days", "6000"),
                predict("an unknown field", GOOD.replace("{", "{\"Name\": \"Ada\",")),
                predict("the features in another order", reversed()),
                predict("spaces around it", "  " + GOOD + "\n\n"),
                typed("application/json; charset=utf-8"),
                typed("Application/JSON"),
                good("an unknown query parameter").query("verbose", "yes"),
                good("`Accept-Language: tlh, ,;q`").header("Accept-Language", "tlh, ,;q"),
                good("another scheme than Basic in `Authorization`").header("Authorization", "Bearer token"));
    }

    private static List<BadInput> features() {
        var ageDays = Stream.of(
                        "\"old\"",
                        "\"20000\"",
                        "\"\"",
                        "true",
                        "false",
                        "null",
                        "[]",
                        "[20000]",
                        "{\"days\": 20000}",
                        "-1",
                        "-1e-45",
                        "3.5e38",
                        "1e400",
                        "-1e400",
                        "1" + "0".repeat(60),
                        "\"NaN\"",
                        "\"nan\"",
                        "\"Infinity\"",
                        "\"-inf\"",
                        "NaN",
                        "nan",
                        "Infinity",
                        "-Infinity",
                        "+Infinity",
                        "Inf",
                        "1" + "0".repeat(2000),
                        "007",
                        "+5",
                        ".5",
                        "5.",
                        "0x1F",
                        "1_000",
                        "20,000",
                        "20000 // in days",
                        "\"" + "x".repeat(100) + "\"",
                        "\"\\ud800\"")
                .map(value -> feature("Age_Days", value));
        var income = Stream.of("0", "-0.0", "1e-46", "\"12000 EUR\"").map(value -> feature("Client_Income", value));
        var names = Stream.of(
                predict("no `Age_Days`", GOOD.replace("\"Age_Days\": 20000,", "")),
                predict("`age_days` for `Age_Days`", GOOD.replace("Age_Days", "age_days")),
                predict("`Age_Days` twice", GOOD.replace("{", "{\"Age_Days\": 20000,")),
                predict("`Age_Days` and `Client_Income` refused", BAD.replace("12000", "0")));
        return Stream.of(ageDays, income, names).flatMap(s -> s).toList();
    }

    private static List<BadInput> bodies() {
        return List.of(
                predict("no body", ""),
                predict("only spaces", "   "),
                predict("`null`", "null"),
                predict("`42`", "42"),
                predict("`\"text\"`", "\"text\""),
                predict("`[]`", "[]"),
                predict("`{}`", "{}"),
                predict("`{`", "{"),
                predict("two objects", GOOD + GOOD),
                predict("an object and a comma", GOOD + ","),
                predict("a comma before the closing brace", GOOD.replace("6000", "6000,")),
                predict("single quotes", GOOD.replace('"', '\'')),
                predict("names without quotes", GOOD.replace("\"", "")),
                predict("a comment", "/* a client */" + GOOD),
                predict("an unknown field, 40 arrays deep", GOOD.replace("{", "{\"x\": " + nested(40) + ",")),
                predict("an unknown field, 100,000 arrays deep", GOOD.replace("{", "{\"x\": " + nested(100_000) + ",")),
                predict("a field's name of 100,000 letters", GOOD.replace("{", "{\"" + "x".repeat(100_000) + "\": 1,")),
                predict("a batch", "{\"instances\": [" + GOOD + "]}"),
                predict("a form", "Client_Income=12000&Age_Days=20000"),
                predict("XML", "<application/>"),
                predict("a byte that is not UTF-8", "").bytes(new byte[] {'{', (byte) 0xff, '}'}),
                predict("UTF-16", "").bytes(GOOD.getBytes(UTF_16)),
                predict("gzip's first bytes", "").bytes(new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                predict("a byte order mark before it", "\ufeff" + GOOD),
                predict("a zero byte at its end", "").bytes((GOOD + "\0").getBytes(UTF_8)),
                predict("more than 6 MB", GOOD.replace("{", "{\"x\": \"" + "y".repeat(6_000_000) + "\",")));
    }

    private static List<BadInput> batches() {
        return List.of(
                batch("`{}`", "{}"),
                batch("one application", GOOD),
                batch("`[]`", "[]"),
                batch("`{\"instances\": null}`", "{\"instances\": null}"),
                batch("`{\"instances\": \"all\"}`", "{\"instances\": \"all\"}"),
                batch("`{\"instances\": {}}`", "{\"instances\": {}}"),
                batch("`{\"instances\": []}`", "{\"instances\": []}"),
                batch("`{\"instances\": [1]}`", "{\"instances\": [1]}"),
                batch("`{\"instances\": [null]}`", "{\"instances\": [null]}"),
                batch("`{\"instances\": [[]]}`", "{\"instances\": [[]]}"),
                batch("`instances` twice", "{\"instances\": [%s], \"instances\": [%s]}".formatted(GOOD, GOOD)),
                batch("an array that does not end", "{\"instances\": [" + GOOD),
                batch("2 instances, the second refused", instances(List.of(GOOD, BAD))),
                batch("60 instances, all refused", instances(Collections.nCopies(60, BAD))),
                batch("10,001 instances", instances(Collections.nCopies(10_001, GOOD))),
                batch("501 instances with `?explain=true`", instances(Collections.nCopies(501, GOOD)))
                        .query("explain", "true"));
    }

    private static List<BadInput> headers() {
        return List.of(
                typed("text/csv"),
                typed("text/plain"),
                typed("application/xml"),
                typed("application/x-www-form-urlencoded"),
                typed("multipart/form-data; boundary=x"),
                typed("application/problem+json"),
                typed("json"),
                good("`?explain=yes`").query("explain", "yes"),
                good("`?explain=TRUE`").query("explain", "TRUE"),
                good("`?explain=`").query("explain", ""),
                keyed(""),
                keyed("short"),
                keyed("x".repeat(51)),
                keyed("a key with spaces in it"),
                keyed("u.7b1f3c2a-9d0e-4f56-8a7b-0c1d2e3f4a5b"),
                keyed("schlüssel-der-zu-ihm-passt"),
                predict(
                                "an Idempotency-Key that came with another application",
                                BadInputs.GOOD.replace("20000", "20001"))
                        .header("Idempotency-Key", USED_KEY),
                good("an Idempotency-Key of another client")
                        .header("Idempotency-Key", USED_KEY)
                        .by("another"),
                good("`X-Probe: maybe`").header("X-Probe", "maybe"),
                good("`X-Probe: true` without an operator").header("X-Probe", "true"),
                good("an operator's wrong password").headers(ServiceInMemory.operator("wrong")));
    }

    private static List<BadInput> stored() {
        return List.of(
                predictions("an unknown request", "u.7b1f3c2a-9d0e-4f56-8a7b-0c1d2e3f4a5b"),
                predictions("an id that no request can have", "x".repeat(51)),
                predictions("another client's request", USED_KEY).by("another"),
                predictions("`?from=-1`", USED_KEY).query("from", "-1"),
                predictions("`?from=first`", USED_KEY).query("from", "first"),
                predictions("`?from=1.5`", USED_KEY).query("from", "1.5"),
                predictions("`?from=99999999999`", USED_KEY).query("from", "99999999999"),
                predictions("`?explain=1`", USED_KEY).query("explain", "1"),
                predictions("an operator's wrong password", USED_KEY).headers(ServiceInMemory.operator("wrong")));
    }

    private static List<BadInput> paths() {
        return List.of(
                elsewhere("/"),
                elsewhere("/elsewhere"),
                elsewhere("/PREDICT"),
                elsewhere("/predict/1"),
                elsewhere("/predictions"),
                request("`GET /predict`", "GET", "/predict"),
                request("`PUT /batch_predict`", "PUT", "/batch_predict"),
                request("`DELETE /model-info`", "DELETE", "/model-info"),
                request("`POST /docs`", "POST", "/docs"));
    }

    private static BadInput good(String title) {
        return predict(title, GOOD);
    }

    private static BadInput typed(String contentType) {
        return good("`Content-Type: %s`".formatted(contentType)).header("Content-Type", contentType);
    }

    static BadInput keyed(String key) {
        return good("`Idempotency-Key: %s`".formatted(key)).header("Idempotency-Key", key);
    }

    private static BadInput elsewhere(String path) {
        var input = request("`POST %s`".formatted(path), "POST", "/{proxy+}");
        input.request().setPath(path);
        return input;
    }

    private static String instances(List<String> applications) {
        return "{\"instances\": [" + String.join(",", applications) + "]}";
    }

    private static String reversed() {
        var fields = GOOD.replaceAll("[{}\\s]", "").split(",", -1);
        return "{" + String.join(",", Arrays.asList(fields).reversed()) + "}";
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }
}
