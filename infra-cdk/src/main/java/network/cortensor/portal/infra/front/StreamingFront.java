package network.cortensor.portal.infra.front;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import network.cortensor.portal.infra.environment.CustomerAccess;
import network.cortensor.portal.infra.functions.InferenceApi;
import network.cortensor.portal.infra.functions.Served;
import software.amazon.awscdk.services.lambda.FunctionUrl;
import software.amazon.awscdk.services.lambda.FunctionUrlAuthType;
import software.amazon.awscdk.services.lambda.FunctionUrlOptions;
import software.amazon.awscdk.services.lambda.InvokeMode;
import software.constructs.Construct;

/**
 * The Function URL of the same alias, and one of each function that stands beside it: an address belongs to a function for ever, so that
 * clients with the address of the other one are served too. It has no throttle and no firewall: what bounds it is the function's reserved concurrency. Its CORS
 * stays unset, because Lambda would answer preflights in place of the function and double its headers.
 */
public final class StreamingFront extends Construct {
    private final Map<Served, FunctionUrl> urls;

    public StreamingFront(Construct scope, String id, CustomerAccess.StreamingUrl callers, InferenceApi inference) {
        super(scope, id);
        this.urls =
                inference.all().stream().collect(Collectors.toMap(Function.identity(), served -> url(served, callers)));
    }

    private static FunctionUrl url(Served served, CustomerAccess.StreamingUrl callers) {
        return served.alias()
                .addFunctionUrl(FunctionUrlOptions.builder()
                        .authType(auth(callers))
                        .invokeMode(InvokeMode.RESPONSE_STREAM)
                        .build());
    }

    private static FunctionUrlAuthType auth(CustomerAccess.StreamingUrl callers) {
        return switch (callers) {
            case OPEN -> FunctionUrlAuthType.NONE;
            case SIGNED -> FunctionUrlAuthType.AWS_IAM;
        };
    }

    /** Ends with a slash. */
    public String url(Served served) {
        return Objects.requireNonNull(urls.get(served)).getUrl();
    }
}
