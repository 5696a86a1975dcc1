package vowcheck.lambda.observation;

import com.amazonaws.services.lambda.runtime.Context;
import org.slf4j.MDC;
import vowcheck.core.scoring.RequestId;

/// Adds ids to every line of the log while an event is handled: that of the invocation, and that of the API request.
/// To be closed when the event is handled.
public final class LogContext implements AutoCloseable {

    /// The generated request id, which the answer has as `X-Request-Id` unless its client chose one.
    static final String REQUEST_ID = "request_id";

    /// Lambda's id of the invocation, as in Lambda's own log lines and in traces.
    static final String AWS_REQUEST_ID = "aws_request_id";

    private final String field;

    private LogContext(String field, String value) {
        this.field = field;
        MDC.put(field, value);
    }

    /// From now on, each line has the id of this invocation.
    public static LogContext of(Context invocation) {
        return new LogContext(AWS_REQUEST_ID, invocation.getAwsRequestId());
    }

    /// From now on, each line has the id of this request.
    public static LogContext of(RequestId requestId) {
        return new LogContext(REQUEST_ID, requestId.value());
    }

    @Override
    public void close() {
        MDC.remove(field);
    }
}
