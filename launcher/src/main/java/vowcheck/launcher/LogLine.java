package vowcheck.launcher;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;

/// One event of a log in CloudWatch.
///
/// @param at when it was logged
/// @param stream the environment or task that logged it
/// @param message as it was logged: a JSON object of the Elastic Common Schema, or any text
record LogLine(Instant at, String stream, String message) {

    /// What Lambda itself logs about each invocation.
    private static final List<String> NOISE =
            List.of("START RequestId: ", "END RequestId: ", "REPORT RequestId: ", "INIT_START ");

    /// Of an event with metrics for CloudWatch, which are its other fields: what they are.
    private static final String METRICS = "_aws";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /// For people: the time in UTC, the level, the message, and what else they look for; empty for what Lambda itself
    /// logs about each invocation.
    Optional<String> readable(Style style) {
        if (NOISE.stream().anyMatch(message::startsWith)) {
            return Optional.empty();
        }
        var time = style.faint(TIME.format(at));
        if (!message.startsWith("{")) {
            return Optional.of(time + "  " + message.stripTrailing());
        }
        try {
            return Optional.of(time + "  " + sentence(JsonDocument.parse(message), style));
        } catch (IllegalArgumentException e) {
            return Optional.of(time + "  " + message.stripTrailing()); // not of the schema
        }
    }

    /// For programs: one JSON object, whose field `message` is what was logged.
    String json() {
        return new JsonObject()
                .with("time", at.toString())
                .with("stream", stream)
                .with("message", message.stripTrailing())
                .json();
    }

    private static String sentence(JsonDocument event, Style style) {
        if (event.has(METRICS)) {
            return "      "
                    + event.names().stream()
                            .filter(field -> !field.equals(METRICS) && event.has(field))
                            .map(field -> field + "=" + event.any(field))
                            .collect(Collectors.joining(" "));
        }
        var level = event.has("log.level") ? event.text("log.level").toUpperCase(Locale.ROOT) : "";
        var painted = switch (level) {
            case "ERROR", "WARN" -> style.bad("%-5s".formatted(level));
            default -> "%-5s".formatted(level);
        };
        var request = Stream.of("request_id", "execution")
                .filter(event::has)
                .map(field -> style.faint(" [%s]".formatted(event.text(field))))
                .findFirst()
                .orElse("");
        var error = event.has("error.stack_trace")
                ? "\n" + event.text("error.stack_trace").stripTrailing()
                : "";
        return painted + " " + event.text("message") + request + error;
    }
}
