package vowcheck.adapters.workflow;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import vowcheck.core.export.ExportOrder;
import vowcheck.core.export.ExportTask;
import vowcheck.core.export.ExportUnavailable;

/// Starts the function `export` by an event, and does not wait for it.
public final class LambdaExportTask implements ExportTask {

    private final LambdaClient lambda;
    private final String function;

    /// @param function ARN of the function's alias
    public LambdaExportTask(LambdaClient lambda, String function) {
        this.lambda = lambda;
        this.function = function;
    }

    @Override
    public void start(ExportOrder order) {
        var event = SdkBytes.fromByteArray(ExportOrderJson.write(order).utf8());
        try {
            lambda.invoke(request -> request.functionName(function)
                    .invocationType(InvocationType.EVENT)
                    .payload(event));
        } catch (SdkException e) {
            throw new ExportUnavailable("Lambda did not start the export " + order.id(), e);
        }
    }
}
