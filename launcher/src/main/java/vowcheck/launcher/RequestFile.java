package vowcheck.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.StreamReadException;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonFaults;
import vowcheck.launcher.setup.CommandFailed;

/// A request to the API from a file: one application, or a batch.
///
/// @param body a JSON object
/// @param batch whether it is a batch
public record RequestFile(String body, boolean batch) {

    /// The API accepts no more.
    private static final int MOST_BYTES = 6_000_000;

    private static final String EXPECTED = "expected one application or a batch {\"instances\": [...]}";

    /// Reads a file; throws [CommandFailed], which names it and says what is wrong with it.
    ///
    /// @param name how the user calls it
    public static RequestFile read(String name, Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new CommandFailed("%s is a directory, expected a JSON file".formatted(name));
        }
        try (var input = Files.newInputStream(file)) {
            return read(name, input);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("there is no file " + name, e);
        } catch (AccessDeniedException e) {
            throw new CommandFailed("%s cannot be read: permission denied".formatted(name), e);
        }
    }

    /// Reads all input; throws [CommandFailed], which names it and says what is wrong with it.
    public static RequestFile read(String name, InputStream input) throws IOException {
        var bytes = input.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new CommandFailed(
                    "%s has more than %,d bytes, which the API does not accept".formatted(name, MOST_BYTES));
        }
        var body = text(name, bytes);
        if (body.isBlank()) {
            throw new CommandFailed("%s is empty, %s".formatted(name, EXPECTED));
        }
        return new RequestFile(body, JsonDocument.parse(body, new Faults(name)).has("instances"));
    }

    /// The path of the API that takes it.
    public String path() {
        return batch ? "/batch_predict" : "/predict";
    }

    private static String text(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandFailed("%s is not text in UTF-8, %s".formatted(name, EXPECTED), e);
        }
    }

    /// Only the kind of the request is read here: the API judges the fields.
    private record Faults(String name) implements JsonFaults {

        @Override
        public RuntimeException notAnObject(RuntimeException cause) {
            if (cause instanceof StreamReadException json) {
                var place = json.getLocation();
                return new CommandFailed(
                        "%s is not JSON: line %d, column %d: %s"
                                .formatted(
                                        name,
                                        place.getLineNr(),
                                        place.getColumnNr(),
                                        json.getOriginalMessage()
                                                .lines()
                                                .findFirst()
                                                .orElse("")),
                        cause);
            }
            return new CommandFailed("%s is not one JSON object, %s".formatted(name, EXPECTED), cause);
        }

        @Override
        public RuntimeException missing(String path, String expected) {
            return wrong(path, null, expected);
        }

        @Override
        public RuntimeException wrong(String path, @Nullable Object value, String expected) {
            return new CommandFailed("%s: %s, expected %s".formatted(name, path, expected));
        }

        @Override
        public RuntimeException invalid(String path, RuntimeException cause) {
            return new CommandFailed("%s: %s: %s".formatted(name, path, cause.getMessage()), cause);
        }
    }
}
