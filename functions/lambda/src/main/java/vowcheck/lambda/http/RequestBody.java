package vowcheck.lambda.http;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.function.Supplier;

/// The text of a request's body. A batch is a text of megabytes, so it is read as a stream, from wherever it lies.
public final class RequestBody {

    /// The body of a request that has none.
    public static final RequestBody NONE = of("");

    private final Supplier<Reader> source;

    private RequestBody(Supplier<Reader> source) {
        this.source = source;
    }

    /// A body that is in memory.
    public static RequestBody of(String text) {
        return new RequestBody(() -> new StringReader(text));
    }

    /// A body that is a string of a JSON document.
    ///
    /// @param json the document in UTF-8, which a parser has found to be valid
    /// @param begin the index after the string's opening quote
    static RequestBody within(byte[] json, int begin) {
        return new RequestBody(() -> new StringWithin(json, begin));
    }

    /// The text from its beginning.
    public Reader reader() {
        return source.get();
    }

    /// The whole text. Only for bodies that are known to be short.
    public String text() {
        try (var reader = reader()) {
            return reader.readAllAsString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many characters the text has. It is read to count them.
    long length() {
        try (var reader = reader()) {
            return reader.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
