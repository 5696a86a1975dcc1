package vowcheck.lambda.observation;

import com.amazonaws.services.lambda.runtime.Context;
import org.slf4j.MDC;
import vowcheck.core.scoring.RequestId;

/// What every line of the log says besides its message while an event is handled: which invocation it is, and which
/// request of the API. To be closed when the event is done.
public final class LogContext implements AutoCloseable {

    /// The request id that the answer carries as `X-Request-Id`, unless its client chose one.
    static final String REQUEST_ID = "request_id";

    /// Lambda's id of the invocation, as in its own lines and in traces.
    static final String AWS_REQUEST_ID = "aws_request_id";

    private final String field;

    private LogContext(String field, String value) {
        this.field = field;
        MDC.put(field, value);
    }

    /// From now on, each line says that it is of this invocation.
    public static LogContext of(Context invocation) {
        return new LogContext(AWS_REQUEST_ID, invocation.getAwsRequestId());
    }

    /// From now on, each line says that it is of this request.
    public static LogContext of(RequestId requestId) {
        return new LogContext(REQUEST_ID, requestId.value());
    }

    @Override
    public void close() {
        MDC.remove(field);
    }
}
