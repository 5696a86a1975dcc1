package vowcheck.lambda.http;

/// A header or a query parameter has an invalid value.
public final class InvalidParameter extends RuntimeException {

    /// @param what the parameter in words, such as `the header X-Probe`
    /// @param expected completes the sentence "expected …"
    public InvalidParameter(String what, String expected) {
        super("%s has an invalid value, expected %s".formatted(what, expected));
    }
}
