package vowcheck.lambda;

import cloud.localstack.LambdaContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The committed events, and AWS's own types for them: handlers get here what AWS would serialise.
final class Events {

    /// The id of every invocation in tests.
    static final String AWS_REQUEST_ID = "7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f";

    private static final Path FOLDER = Path.of("..", "..", "events");

    private Events() {}

    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T parsed(String file, Class<T> type) {
        return LambdaEventSerializers.serializerFor(type, Events.class.getClassLoader())
                .fromJson(text(file));
    }

    static <T> String written(T event, Class<T> type) {
        var json = new ByteArrayOutputStream();
        LambdaEventSerializers.serializerFor(type, Events.class.getClassLoader())
                .toJson(event, json);
        return json.toString(StandardCharsets.UTF_8);
    }

    /// Invokes a handler with an event and returns its answer.
    static String handled(RequestStreamHandler handler, String event) {
        return handled(handler, event, new LambdaContext(AWS_REQUEST_ID));
    }

    /// The same within an invocation.
    static String handled(RequestStreamHandler handler, String event, Context invocation) {
        var answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, invocation);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    /// Calls a handler of the API and returns its proxy answer as AWS reads it.
    static APIGatewayProxyResponseEvent called(RequestStreamHandler handler, APIGatewayProxyRequestEvent request) {
        return response(request, handled(handler, written(request, APIGatewayProxyRequestEvent.class)));
    }

    /// A proxy answer as AWS reads it, after a check that it is as documented.
    static APIGatewayProxyResponseEvent response(APIGatewayProxyRequestEvent request, String json) {
        var answer = LambdaEventSerializers.serializerFor(
                        APIGatewayProxyResponseEvent.class, Events.class.getClassLoader())
                .fromJson(json);
        DocumentedAnswers.check(request, answer);
        return answer;
    }
}
