package vowcheck.lambda.http;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.adapters.json.JsonObject;

/// The answers to a small body that is no JSON object (400) or has a refused field (422). No answer repeats a value: it
/// may lead to a person.
public final class BodyFaults implements JsonFaults {

    public static final JsonFaults DISCREET = new BodyFaults();

    private BodyFaults() {}

    /// Makes one value of two that are read from a body; the faults of both are refused at once.
    public static <A, B, T> T both(Supplier<A> first, Supplier<B> second, BiFunction<A, B, T> whole) {
        A read;
        try {
            read = first.get();
        } catch (RequestRefused faults) {
            throw refusedAlso(faults, second);
        }
        return whole.apply(read, second.get());
    }

    private static RuntimeException refusedAlso(RequestRefused faults, Supplier<?> second) {
        try {
            var _ = second.get();
            return faults;
        } catch (RequestRefused others) {
            return refused(Stream.of(faults, others)
                    .flatMap(e -> e.problem().errors().stream())
                    .toList());
        }
    }

    @Override
    public RuntimeException notAnObject(RuntimeException cause) {
        return new MalformedRequest(
                "the body is not one JSON object, expected an object that has each field once, and nothing after it");
    }

    @Override
    public RuntimeException missing(String path, String expected) {
        return refused(path, "nothing", expected);
    }

    @Override
    public RuntimeException wrong(String path, @Nullable Object value, String expected) {
        return refused(path, kind(value), expected);
    }

    @Override
    public RuntimeException invalid(String path, RuntimeException cause) {
        return refused(path, "another value", String.valueOf(cause.getMessage()));
    }

    private static RuntimeException refused(String path, String received, String expected) {
        var error = new JsonObject()
                .with("pointer", "/" + path.replace('.', '/'))
                .with("received", received)
                .with("expected", expected);
        return refused(List.of(error));
    }

    private static RuntimeException refused(List<JsonObject> errors) {
        return new RequestRefused(new Problem(422, "Unprocessable Content", "fields are refused", errors));
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "a string of %d characters".formatted(text.length());
            case Number _ -> "a number";
            case Boolean flag -> flag.toString();
            case Map<?, ?> _ -> "an object";
            default -> "an array";
        };
    }
}
