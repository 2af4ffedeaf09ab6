package network.cortensor.portal.testkit.dynamo;

import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/** What goes wrong with one call to DynamoDB, as its caller experiences it. */
public sealed interface Disturbance {
    /** The call works. */
    Disturbance NONE = new None();

    record None() implements Disturbance {}

    /** The call fails and nothing has happened. */
    record Fails(RuntimeException failure) implements Disturbance {}

    /** The call happens, and its caller gets a failure all the same. */
    record LosesAnswer(RuntimeException failure) implements Disturbance {}

    /**
     * The caller gets a failure at once, and the call happens afterwards.
     *
     * @param later is given the call, and runs it when it likes, or never
     */
    record LandsLate(RuntimeException failure, Consumer<Runnable> later) implements Disturbance {}

    /** The call works after {@code before} has run, which may wait on a latch or change the world meanwhile. */
    record Waits(Runnable before) implements Disturbance {}

    /** DynamoDB says that there are too many requests. */
    static Disturbance throttled() {
        return new Fails(ProvisionedThroughputExceededException.builder()
                .message("The level of configured provisioned throughput for the table was exceeded.")
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build());
    }

    /** The request never got there. */
    static Disturbance unreachable() {
        return new Fails(SdkClientException.create("Unable to execute HTTP request: Connect timed out"));
    }

    /** The request got there, and the answer never came back. */
    static Disturbance answerLost() {
        return new LosesAnswer(timeout());
    }

    /** The request got there after its caller had given up. */
    static Disturbance late(Consumer<Runnable> later) {
        return new LandsLate(timeout(), later);
    }

    private static RuntimeException timeout() {
        return ApiCallTimeoutException.create(3000);
    }
}
