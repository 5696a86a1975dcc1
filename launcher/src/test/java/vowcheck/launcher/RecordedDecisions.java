package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import vowcheck.adapters.json.JsonDocument;

/// What localaws has decided about the calls of a local system's roles, as its record says. The record is the system's
/// own: what it calls without a permission says nothing about the permissions that the app needs.
final class RecordedDecisions {

    /// Names the folder of the records; without a value, nothing is recorded. `./vowcheck test` sets it.
    static final String VARIABLE = "LOCALAWS_IAM_RECORD";

    private static final String ROLE = ":role/";

    /// What only the lines with decisions have; the others have policies.
    private static final String DECISION = "\"refused\": ";

    private static final String ALLOWED = DECISION + "null";

    /// A role, by its ARN, and an action that it has called or was refused.
    record Use(String role, String action) {}

    private final Path file;

    /// @param system one that was started with [#variables(LocalSystem)]
    RecordedDecisions(LocalSystem system) {
        file = folder(system)
                .resolve("%s-%d.jsonl"
                        .formatted(system.folder().getFileName(), new LocalFolder(system.folder()).localstackPid()));
    }

    /// With which variables a system must be started.
    static Map<String, String> variables(LocalSystem system) {
        return Map.of(VARIABLE, folder(system).toString());
    }

    private static Path folder(LocalSystem system) {
        return new LocalFolder(system.folder()).logs().resolve("decisions");
    }

    /// How many lines the record has.
    long size() {
        return read(Stream::count);
    }

    /// What roles were allowed to call, behind so many lines of the record.
    List<Use> allowed(long after) {
        return read(lines -> uses(lines.skip(after).filter(line -> line.contains(ALLOWED))));
    }

    /// What roles were refused.
    List<Use> refused() {
        return read(lines -> uses(lines.filter(line -> !line.contains(ALLOWED))));
    }

    private <T> T read(Function<Stream<String>, T> reader) {
        try (var lines = Files.lines(file)) {
            return reader.apply(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Use> uses(Stream<String> lines) {
        return lines.filter(line -> line.contains(DECISION))
                .map(JsonDocument::parse)
                .flatMap(RecordedDecisions::use)
                .distinct()
                .toList();
    }

    private static Stream<Use> use(JsonDocument decision) {
        return decision.texts("names").stream()
                .filter(name -> name.contains(ROLE))
                .map(role -> new Use(role, decision.text("action")));
    }
}
