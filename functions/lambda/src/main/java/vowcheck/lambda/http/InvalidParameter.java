package vowcheck.lambda.http;

/// A header or a query parameter has a value that it cannot have.
public final class InvalidParameter extends RuntimeException {

    /// @param what the parameter in words, such as `the header X-Probe`
    /// @param expected completes the sentence "expected …"
    public InvalidParameter(String what, String expected) {
        super("%s has another value than expected: expected %s".formatted(what, expected));
    }
}
