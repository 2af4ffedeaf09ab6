package network.cortensor.portal.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.time.Duration;
import java.util.UUID;

/** What Lambda tells a function of one invocation, which has only just begun. */
record LocalContext(String getFunctionName) implements Context {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    @Override
    public int getRemainingTimeInMillis() {
        return Math.toIntExact(TIMEOUT.toMillis());
    }

    @Override
    public String getAwsRequestId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public String getLogGroupName() {
        return "local";
    }

    @Override
    public String getLogStreamName() {
        return "local";
    }

    @Override
    public String getFunctionVersion() {
        return "local";
    }

    @Override
    public String getInvokedFunctionArn() {
        return LocalProber.ARN;
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new UnsupportedOperationException("nobody is signed in");
    }

    @Override
    public ClientContext getClientContext() {
        throw new UnsupportedOperationException("no mobile client calls");
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        throw new UnsupportedOperationException("functions write lines of their own");
    }
}
