package network.cortensor.portal.testkit.dynamo;

import java.lang.reflect.Method;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/**
 * A DynamoDB client whose calls go wrong as planned. Safe for use by many threads, if the plan is.
 *
 * <p>It stands where the SDK's client stands, behind the SDK's own retries: one disturbance is one failed call of the product's.
 */
public final class FaultyDynamoDb {
    private final ClientProxy.Operation real;
    private final DynamoDbClient client = ClientProxy.of(DynamoDbClient.class, this::call);
    private volatile Plan plan = request -> Disturbance.NONE;

    public FaultyDynamoDb(DynamoDbClient real) {
        this.real = ClientProxy.passOn(real);
    }

    /** Says what happens to a request. */
    @FunctionalInterface
    public interface Plan {
        Disturbance of(DynamoDbRequest request);
    }

    /** The client to hand to the code under test. */
    public DynamoDbClient client() {
        return client;
    }

    /** What happens to calls from now on. */
    public void plan(Plan value) {
        plan = value;
    }

    /** Every call works from now on. */
    public void heal() {
        plan = request -> Disturbance.NONE;
    }

    private Object call(Method method, SdkRequest request) throws Throwable {
        return switch (plan.of((DynamoDbRequest) request)) {
            case Disturbance.None ignored -> real.call(method, request);
            case Disturbance.Fails fails -> throw fails.failure();
            case Disturbance.LosesAnswer loses -> {
                real.call(method, request);
                throw loses.failure();
            }
            case Disturbance.LandsLate late -> {
                late.later().accept(() -> land(method, request));
                throw late.failure();
            }
            case Disturbance.Waits waits -> {
                waits.before().run();
                yield real.call(method, request);
            }
        };
    }

    /** Nobody waits for the outcome: a condition that fails by then is as good as a success. */
    private void land(Method method, SdkRequest request) {
        try {
            real.call(method, request);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            // Its caller has given up long ago.
            return;
        }
    }
}
