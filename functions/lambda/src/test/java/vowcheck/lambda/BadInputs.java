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
import vowcheck.lambda.http.ApiRoute;

/// Requests that the API refuses, and requests that look wrong and are scored. Each names the status of its answer.
final class BadInputs {

    static final String USED_KEY = "a-key-that-was-used";

    private static final String GOOD = Events.text("request_1.json");
    private static final String BAD = GOOD.replace("20000", "-1");

    private BadInputs() {}

    /// Requests that are refused, by what is wrong with them.
    static Map<String, List<BadInput>> byKind() {
        var kinds = new LinkedHashMap<String, List<BadInput>>();
        kinds.put("A feature of one application (`POST /predict`)", features());
        kinds.put("The loan of an application (`POST /predict`, `POST /batch_predict`)", loans());
        kinds.put("The body of one application (`POST /predict`)", bodies());
        kinds.put("A batch (`POST /batch_predict`)", batches());
        kinds.put("Content types, parameters and headers", headers());
        kinds.put("Stored predictions (`GET /predictions/{request_id}`)", stored());
        kinds.put("The search for a loan's predictions (`POST /predictions/search`)", searches());
        kinds.put("Paths and methods", paths());
        return kinds;
    }

    /// Orders to erase that are refused.
    static List<BadInput> erasures() {
        return List.of(
                erasure(400, "no body", ""),
                erasure(400, "`[]`", "[]"),
                erasure(
                        400,
                        "`loan_id` twice",
                        "{\"loan_id\": \"L-1\", \"loan_id\": \"L-2\", \"reason\": \"case 17\"}"),
                erasure(422, "`{}`", "{}"),
                erasure(422, "no `reason`", "{\"loan_id\": \"L-1\"}"),
                erasure(422, "an empty `reason`", "{\"loan_id\": \"L-1\", \"reason\": \" \"}"),
                erasure(422, "a `reason` of two lines", "{\"loan_id\": \"L-1\", \"reason\": \"a\\nb\"}"),
                erasure(
                        422,
                        "a `reason` of 501 characters",
                        "{\"loan_id\": \"L-1\", \"reason\": \"%s\"}".formatted("x".repeat(501))),
                erasure(400, "a `reason` with the id", "{\"loan_id\": \"L-1\", \"reason\": \"L-1 asks for it\"}"),
                erasure(422, "a `loan_id` with a space", "{\"loan_id\": \"L 1\", \"reason\": \"case 17\"}"),
                erasure(422, "a `loan_id` that is a number", "{\"loan_id\": 1, \"reason\": \"case 17\"}"),
                erasure(422, "`loan` for `loan_id`", "{\"loan\": \"L-1\", \"reason\": \"case 17\"}"),
                erasure(422, "`request_id` without `client`", "{\"request_id\": \"u.1\", \"reason\": \"case 17\"}"),
                erasure(
                        422,
                        "`loan_id` and `request_id`",
                        "{\"loan_id\": \"L-1\", \"request_id\": \"u.1\", \"client\": \"clerks\", \"reason\": \"case\"}"),
                erasure(415, "`Content-Type: text/plain`", "").header("Content-Type", "text/plain"));
    }

    private static BadInput erasure(int status, String title, String body) {
        return request(status, title, "POST", ApiRoute.ERASURE.path())
                .body(body)
                .headers(ServiceInMemory.operator("right"));
    }

    /// Orders to export that are refused, and exports that do not exist.
    static List<BadInput> exports() {
        return List.of(
                export(400, ""),
                export(400, "[]"),
                export(400, "{}"),
                export(400, "{\"from\": \"2025-05-01\"}"),
                export(400, "{\"from\": \"2025-05-01\", \"to\": \"the last of May\"}"),
                export(400, "{\"from\": \"2025-05-01\", \"to\": 20250531}"),
                export(400, "{\"from\": \"2025-05-31\", \"to\": \"2025-05-01\"}"),
                export(400, "{\"from\": \"2024-05-01\", \"to\": \"2025-05-31\"}"),
                export(400, "{\"from\": \"2025-05-01\", \"to\": \"2025-07-01\"}"),
                export(400, "{\"from\": \"2025-05-01\", \"to\": \"2025-05-31\", \"client\": \"clerks\"}"),
                export(400, "{\"from\": \"2025-05-01\", \"to\": \"2025-05-31\", \"reason\": 17}"),
                export(400, "{\"from\": \"2025-05-01\", \"from\": \"2025-05-02\", \"to\": \"2025-05-31\"}"),
                export(415, "{\"from\": \"2025-05-01\", \"to\": \"2025-05-31\"}")
                        .header("Content-Type", "text/plain"),
                exportState(404, "an export that nobody has ordered", "20250601T101530Z-0123456789abcdef"),
                exportState(404, "an id that no export can have", "../models"));
    }

    private static BadInput export(int status, String body) {
        var title = body.isEmpty() ? "no body" : "`%s`".formatted(body);
        return request(status, title, "POST", ApiRoute.EXPORT.path())
                .body(body)
                .headers(ServiceInMemory.operator("reads"));
    }

    private static BadInput exportState(int status, String title, String id) {
        var input =
                request(status, title, "GET", ApiRoute.EXPORT_STATE.path()).headers(ServiceInMemory.operator("reads"));
        input.request().withPathParameters(Map.of("export_id", id));
        return input;
    }

    /// Of the operators' rollbacks.
    static List<BadInput> rollbacks() {
        return List.of(
                rollback(400, ""),
                rollback(400, "{}"),
                rollback(400, "{\"model_version\": \"7\"}"),
                rollback(400, "{\"reason\": \"  \"}"),
                rollback(400, "{\"reason\": 17}"),
                rollback(400, "{\"version\": \"7\", \"reason\": \"case 17\"}"),
                rollback(400, "{\"model_version\": \"../7\", \"reason\": \"case 17\"}"),
                rollback(409, "{\"model_version\": \"99\", \"reason\": \"case 17\"}"),
                rollback(415, "{\"reason\": \"case 17\"}").header("Content-Type", "text/plain"));
    }

    /// Of the answers to trainings that wait for approval.
    static List<BadInput> approvals() {
        return List.of(
                approval(400, ""),
                approval(400, "{}"),
                approval(400, "{\"model_version\": \"7\", \"decision\": \"approve\"}"),
                approval(400, "{\"model_version\": \"7\", \"reason\": \"case 17\"}"),
                approval(400, "{\"decision\": \"approve\", \"reason\": \"case 17\"}"),
                approval(400, "{\"model_version\": \"7\", \"decision\": \"yes\", \"reason\": \"case 17\"}"),
                approval(400, "{\"model_version\": \"7\", \"decision\": true, \"reason\": \"case 17\"}"),
                approval(409, "{\"model_version\": \"7\", \"decision\": \"approve\", \"reason\": \"case 17\"}"));
    }

    private static BadInput approval(int status, String body) {
        var title = body.isEmpty() ? "no body" : "`%s`".formatted(body);
        return request(status, title, "POST", ApiRoute.APPROVAL.path())
                .body(body)
                .headers(ServiceInMemory.operator("writes"));
    }

    private static BadInput rollback(int status, String body) {
        var title = body.isEmpty() ? "no body" : "`%s`".formatted(body);
        return request(status, title, "POST", ApiRoute.ROLLBACK.path())
                .body(body)
                .headers(ServiceInMemory.operator("writes"));
    }

    /// Of the operators' changes of the shadow.
    static List<BadInput> shadows() {
        return List.of(
                shadow(400, "{}"),
                shadow(400, "{\"model_version\": \"7\"}"),
                shadow(400, "{\"model_version\": null, \"reason\": \"case 17\"}"),
                shadow(409, "{\"model_version\": \"7\", \"reason\": \"case 17\"}"),
                shadow(409, "{\"model_version\": \"99\", \"reason\": \"case 17\"}"));
    }

    private static BadInput shadow(int status, String body) {
        return request(status, "`%s`".formatted(body), "POST", ApiRoute.SHADOW.path())
                .body(body)
                .headers(ServiceInMemory.operator("writes"));
    }

    /// Unusual requests that are scored.
    static List<BadInput> scored() {
        return List.of(
                feature(200, "Age_Days", "0"),
                feature(200, "Age_Days", "-0.0"),
                feature(200, "Age_Days", "20000.75"),
                feature(200, "Age_Days", "2e4"),
                feature(200, "Age_Days", "1e-60"),
                feature(200, "Age_Days", "3.4e38"),
                feature(200, "Credit_Amount", "25000.01"),
                feature(200, "Employed_Days", "365243"),
                feature(200, "Education_Days", "6000"),
                predict(200, "an unknown field", GOOD.replace("{", "{\"Name\": \"Ada\",")),
                predict(200, "a `loan_id`", of("\"Loan_2025.06-4711\"")),
                predict(200, "the features in another order", reversed()),
                predict(200, "spaces around it", "  " + GOOD + "\n\n"),
                typed(200, "application/json; charset=utf-8"),
                typed(200, "Application/JSON"),
                good(200, "an unknown query parameter").query("verbose", "yes"),
                good(200, "`Accept-Language: tlh, ,;q`").header("Accept-Language", "tlh, ,;q"),
                good(200, "another scheme than Basic in `Authorization`").header("Authorization", "Bearer token"));
    }

    private static List<BadInput> features() {
        var refused = Stream.of(
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
                        "\"-inf\"")
                .map(value -> feature(422, "Age_Days", value));
        var notJson = Stream.of(
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
                        "20000 // in days")
                .map(value -> feature(400, "Age_Days", value));
        var strings =
                Stream.of("\"" + "x".repeat(100) + "\"", "\"\\ud800\"").map(value -> feature(422, "Age_Days", value));
        var income =
                Stream.of("0", "-0.0", "1e-46", "\"12000 EUR\"").map(value -> feature(422, "Client_Income", value));
        var names = Stream.of(
                predict(422, "no `Age_Days`", GOOD.replace("\"Age_Days\": 20000,", "")),
                predict(422, "`age_days` for `Age_Days`", GOOD.replace("Age_Days", "age_days")),
                predict(422, "`Age_Days` twice", GOOD.replace("{", "{\"Age_Days\": 20000,")),
                predict(422, "`Age_Days` and `Client_Income` refused", BAD.replace("12000", "0")));
        return Stream.of(refused, notJson, strings, income, names)
                .flatMap(s -> s)
                .toList();
    }

    private static List<BadInput> loans() {
        return List.of(
                loan("\"\""),
                loan("\" \""),
                loan("\"Müller, Ada\""),
                loan("\"4711\\u0000\""),
                loan("\"4711\\n\""),
                loan("\"" + "x".repeat(65) + "\""),
                loan("\"" + "x".repeat(100_000) + "\""),
                loan("4711"),
                loan("-1e400"),
                loan("null"),
                loan("true"),
                loan("[\"4711\"]"),
                loan("{\"id\": \"4711\"}"),
                predict(422, "`loan_id` twice", of("\"4711\"").replace("{", "{\"loan_id\": \"4711\",")),
                predict(422, "`loan_id` and `Age_Days` refused", of("4711").replace("20000", "-1")),
                batch(400, "2 instances, the second with a refused `loan_id`", instances(List.of(GOOD, of("4711")))));
    }

    private static BadInput loan(String value) {
        return predict(422, "`\"loan_id\": %s`".formatted(BadInput.shortened(value)), of(value));
    }

    /// A valid application with that value as its loan's id.
    private static String of(String loanId) {
        return GOOD.replace("{", "{\"loan_id\": " + loanId + ",");
    }

    private static List<BadInput> bodies() {
        return List.of(
                predict(400, "no body", ""),
                predict(400, "only spaces", "   "),
                predict(400, "`null`", "null"),
                predict(400, "`42`", "42"),
                predict(400, "`\"text\"`", "\"text\""),
                predict(400, "`[]`", "[]"),
                predict(422, "`{}`", "{}"),
                predict(400, "`{`", "{"),
                predict(400, "two objects", GOOD + GOOD),
                predict(400, "an object and a comma", GOOD + ","),
                predict(400, "a comma before the closing brace", GOOD.replace("6000", "6000,")),
                predict(400, "single quotes", GOOD.replace('"', '\'')),
                predict(400, "names without quotes", GOOD.replace("\"", "")),
                predict(400, "a comment", "/* a client */" + GOOD),
                predict(400, "an unknown field, 40 arrays deep", GOOD.replace("{", "{\"x\": " + nested(40) + ",")),
                predict(
                        400,
                        "an unknown field, 100,000 arrays deep",
                        GOOD.replace("{", "{\"x\": " + nested(100_000) + ",")),
                predict(
                        400,
                        "a field's name of 100,000 letters",
                        GOOD.replace("{", "{\"" + "x".repeat(100_000) + "\": 1,")),
                predict(422, "a batch", "{\"instances\": [" + GOOD + "]}"),
                predict(400, "a form", "Client_Income=12000&Age_Days=20000"),
                predict(400, "XML", "<application/>"),
                predict(400, "a byte that is not UTF-8", "").bytes(new byte[] {'{', (byte) 0xff, '}'}),
                predict(400, "UTF-16", "").bytes(GOOD.getBytes(UTF_16)),
                predict(400, "gzip's first bytes", "").bytes(new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                predict(400, "a byte order mark before it", "\ufeff" + GOOD),
                predict(400, "a zero byte at its end", "").bytes((GOOD + "\0").getBytes(UTF_8)),
                predict(413, "more than 6 MB", GOOD.replace("{", "{\"x\": \"" + "y".repeat(6_000_000) + "\",")));
    }

    private static List<BadInput> batches() {
        return List.of(
                batch(400, "`{}`", "{}"),
                batch(400, "one application", GOOD),
                batch(400, "`[]`", "[]"),
                batch(400, "`{\"instances\": null}`", "{\"instances\": null}"),
                batch(400, "`{\"instances\": \"all\"}`", "{\"instances\": \"all\"}"),
                batch(400, "`{\"instances\": {}}`", "{\"instances\": {}}"),
                batch(400, "`{\"instances\": []}`", "{\"instances\": []}"),
                batch(400, "`{\"instances\": [1]}`", "{\"instances\": [1]}"),
                batch(400, "`{\"instances\": [null]}`", "{\"instances\": [null]}"),
                batch(400, "`{\"instances\": [[]]}`", "{\"instances\": [[]]}"),
                batch(400, "`instances` twice", "{\"instances\": [%s], \"instances\": [%s]}".formatted(GOOD, GOOD)),
                batch(400, "an array that does not end", "{\"instances\": [" + GOOD),
                batch(400, "2 instances, the second refused", instances(List.of(GOOD, BAD))),
                batch(400, "60 instances, all refused", instances(Collections.nCopies(60, BAD))),
                batch(413, "10,001 instances", instances(Collections.nCopies(10_001, GOOD))),
                batch(413, "501 instances with `?explain=true`", instances(Collections.nCopies(501, GOOD)))
                        .query("explain", "true"));
    }

    private static List<BadInput> headers() {
        return List.of(
                typed(415, "text/csv"),
                typed(415, "text/plain"),
                typed(415, "application/xml"),
                typed(415, "application/x-www-form-urlencoded"),
                typed(415, "multipart/form-data; boundary=x"),
                typed(415, "application/problem+json"),
                typed(415, "json"),
                good(400, "`?explain=yes`").query("explain", "yes"),
                good(400, "`?explain=TRUE`").query("explain", "TRUE"),
                good(400, "`?explain=`").query("explain", ""),
                keyed(400, ""),
                keyed(400, "short"),
                keyed(400, "x".repeat(51)),
                keyed(400, "a key with spaces in it"),
                keyed(400, "u.7b1f3c2a-9d0e-4f56-8a7b-0c1d2e3f4a5b"),
                keyed(400, "schlüssel-der-zu-ihm-passt"),
                predict(
                                409,
                                "an Idempotency-Key that came with another application",
                                BadInputs.GOOD.replace("20000", "20001"))
                        .header("Idempotency-Key", USED_KEY),
                good(400, "`X-Probe: maybe`").header("X-Probe", "maybe"),
                good(401, "`X-Probe: true` without an operator").header("X-Probe", "true"),
                good(401, "an operator's wrong password").headers(ServiceInMemory.operator("wrong")));
    }

    private static List<BadInput> stored() {
        return List.of(
                predictions(404, "an unknown request", "u.7b1f3c2a-9d0e-4f56-8a7b-0c1d2e3f4a5b"),
                predictions(404, "an id that no request can have", "x".repeat(51)),
                predictions(404, "an id of 10,000 characters", "x".repeat(10_000)),
                predictions(404, "an id with an encoded NUL, `%00`", USED_KEY + "%00"),
                predictions(404, "an id with an encoded line feed, `%0A`", USED_KEY + "%0A"),
                predictions(404, "an id with an encoded slash, `%2F`", "a%2F" + USED_KEY),
                predictions(404, "an id with a space, `+`", USED_KEY + "+"),
                predictions(404, "an id that is encoded twice, `%252D`", USED_KEY.replace("-", "%252D")),
                predictions(404, "an id with a malformed escape, `%zz`", USED_KEY + "%zz"),
                predictions(404, "an id that ends within an escape, `%`", USED_KEY + "%"),
                predictions(404, "an id with a byte that is not UTF-8, `%FF`", USED_KEY + "%FF"),
                predictions(404, "an id of spaces, `%20`", "%20%20%20"),
                predictions(404, "another client's request", USED_KEY).by("another"),
                predictions(404, "another client's request, with its name", USED_KEY)
                        .query("client", "clerks")
                        .by("another"),
                predictions(404, "one's own request, with another client's name", USED_KEY)
                        .query("client", "another"),
                predictions(400, "`?client=Clerks`", USED_KEY).query("client", "Clerks"),
                predictions(400, "`?client=`", USED_KEY).query("client", ""),
                predictions(400, "`?from=-1`", USED_KEY).query("from", "-1"),
                predictions(400, "`?from=first`", USED_KEY).query("from", "first"),
                predictions(400, "`?from=1.5`", USED_KEY).query("from", "1.5"),
                predictions(400, "`?from=`", USED_KEY).query("from", ""),
                predictions(400, "`?from=%00`", USED_KEY).query("from", "\0"),
                predictions(400, "`?from=` and 10,000 digits", USED_KEY).query("from", "9".repeat(10_000)),
                predictions(400, "`?from=99999999999`", USED_KEY).query("from", "99999999999"),
                predictions(400, "`?explain=1`", USED_KEY).query("explain", "1"),
                predictions(401, "an operator's wrong password", USED_KEY).headers(ServiceInMemory.operator("wrong")));
    }

    private static List<BadInput> searches() {
        return List.of(
                search(400, ""),
                search(400, "null"),
                search(400, "[]"),
                search(400, "{"),
                search(400, "{\"loan_id\": \"4711\"} {}"),
                search(422, "{}"),
                search(422, "{\"loan_id\": null}"),
                search(422, "{\"loan_id\": \"\"}"),
                search(422, "{\"loan_id\": \"Müller, Ada\"}"),
                search(422, "{\"loan_id\": 4711}"),
                search(422, "{\"loan_id\": true}"),
                search(422, "{\"loan_id\": [\"4711\"]}"),
                search(422, "{\"loan_id\": {\"id\": \"4711\"}}"),
                search(422, "{\"loan_id\": \"" + "x".repeat(65) + "\"}"),
                search(400, "{\"loan_id\": \"4711\", \"loan_id\": \"4712\"}"),
                search(422, "{\"loan_id\": 4711, \"from\": -1}"),
                search(422, "{\"loan_id\": \"4711\", \"from\": -1}"),
                search(422, "{\"loan_id\": \"4711\", \"from\": null}"),
                search(422, "{\"loan_id\": \"4711\", \"from\": \"500\"}"),
                search(422, "{\"loan_id\": \"4711\", \"from\": 1.5}"),
                search(422, "{\"loan_id\": \"4711\", \"from\": 99999999999}"),
                search(400, "{\"loan_id\": " + nested(100_000) + "}"),
                search(415, "{\"loan_id\": \"4711\"}").header("Content-Type", "text/plain"));
    }

    private static BadInput search(int status, String body) {
        var title = body.isEmpty() ? "no body" : "`%s`".formatted(BadInput.shortened(body));
        return request(status, title, "POST", "/predictions/search").body(body);
    }

    private static List<BadInput> paths() {
        return List.of(
                elsewhere(404, "/"),
                elsewhere(404, "/elsewhere"),
                elsewhere(404, "/PREDICT"),
                elsewhere(404, "/predict/1"),
                elsewhere(404, "/predictions"),
                request(405, "`GET /predict`", "GET", "/predict"),
                request(405, "`PUT /batch_predict`", "PUT", "/batch_predict"),
                request(405, "`GET /predictions/search`", "GET", "/predictions/search"),
                request(405, "`DELETE /model-info`", "DELETE", "/model-info"),
                request(405, "`POST /docs`", "POST", "/docs"));
    }

    private static BadInput good(int status, String title) {
        return predict(status, title, GOOD);
    }

    private static BadInput typed(int status, String contentType) {
        return good(status, "`Content-Type: %s`".formatted(contentType)).header("Content-Type", contentType);
    }

    static BadInput keyed(int status, String key) {
        return good(status, "`Idempotency-Key: %s`".formatted(key)).header("Idempotency-Key", key);
    }

    private static BadInput elsewhere(int status, String path) {
        var input = request(status, "`POST %s`".formatted(path), "POST", "/{proxy+}");
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
