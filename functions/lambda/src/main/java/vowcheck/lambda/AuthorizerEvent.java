package vowcheck.lambda;

import java.io.InputStream;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The parts of a request authorizer's event that are needed: the method to allow, and the header Authorization,
/// empty if there is none.
record AuthorizerEvent(String methodArn, String authorization) {

    private static final JsonFactory JSON = new JsonFactory();

    /// Shows the method only.
    @Override
    public String toString() {
        return "AuthorizerEvent[%s]".formatted(methodArn);
    }

    static AuthorizerEvent read(InputStream event) {
        String methodArn = "";
        String authorization = "";
        try (var parser = JSON.createParser(ObjectReadContext.empty(), event)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var field = parser.currentName();
                var token = parser.nextToken();
                if (field.equals("methodArn")) {
                    methodArn = parser.getString();
                } else if (field.equals("headers") && token == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                        boolean wanted = parser.currentName().equalsIgnoreCase("Authorization");
                        parser.nextToken();
                        authorization = wanted ? parser.getString() : authorization;
                    }
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new AuthorizerEvent(methodArn, authorization);
    }
}
