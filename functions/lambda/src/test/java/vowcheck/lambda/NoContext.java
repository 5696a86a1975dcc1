package vowcheck.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/// The handlers use nothing of their context but its id.
final class NoContext implements Context {

    static final String AWS_REQUEST_ID = "7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f";

    @Override
    public String getAwsRequestId() {
        return AWS_REQUEST_ID;
    }

    @Override
    public String getLogGroupName() {
        throw unused();
    }

    @Override
    public String getLogStreamName() {
        throw unused();
    }

    @Override
    public String getFunctionName() {
        throw unused();
    }

    @Override
    public String getFunctionVersion() {
        throw unused();
    }

    @Override
    public String getInvokedFunctionArn() {
        throw unused();
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw unused();
    }

    @Override
    public ClientContext getClientContext() {
        throw unused();
    }

    @Override
    public int getRemainingTimeInMillis() {
        throw unused();
    }

    @Override
    public int getMemoryLimitInMB() {
        throw unused();
    }

    @Override
    public LambdaLogger getLogger() {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the handlers use nothing of their context but its id");
    }
}
