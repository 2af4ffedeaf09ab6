package network.cortensor.portal.infra.front;

import network.cortensor.portal.infra.environment.Customers;
import network.cortensor.portal.infra.functions.InferenceApi;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.InvokeMode;
import software.constructs.Construct;

/**
 * The Function URL of the same alias. It has no throttle and no firewall: what bounds it is the function's reserved concurrency. Its CORS
 * stays unset, for Lambda would answer preflights in place of the function and double its headers.
 */
public final class StreamingFront extends Construct {
    private final FunctionUrl url;

    public StreamingFront(Construct scope, String id, Customers.StreamingUrl callers, InferenceApi inference) {
        super(scope, id);
        this.url = inference
                .alias()
                .addFunctionUrl(FunctionUrlOptions.builder()
                        .authType(auth(callers))
                        .invokeMode(InvokeMode.RESPONSE_STREAM)
                        .build());
    }

    private static FunctionUrlAuthType auth(Customers.StreamingUrl callers) {
        return switch (callers) {
            case OPEN -> FunctionUrlAuthType.NONE;
            case SIGNED -> FunctionUrlAuthType.AWS_IAM;
        };
    }

    /** Ends with a slash. */
    public String url() {
        return url.getUrl();
    }
}
