package network.cortensor.portal.local;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.SsmException;

/** What goes wrong with one worker's stores during one request, as the worker experiences it behind the SDK's own retries. */
enum StoreFault {
    NONE(Call.NONE, How.UNREACHABLE, 0),

    /** The worker gets a failure, and the slot's row is written when all is over. */
    FIRST_TAKE_LATE(Call.TAKE, How.LATE, 1),
    FIRST_TAKE_ANSWER_LOST(Call.TAKE, How.ANSWER_LOST, 1),

    /** Both targets of the alias are met. */
    FIRST_TAKES_LATE(Call.TAKE, How.LATE, 2),
    FIRST_TAKES_ANSWERS_LOST(Call.TAKE, How.ANSWER_LOST, 2),
    FIRST_TAKE_THROTTLED(Call.TAKE, How.THROTTLED, 1),
    TAKES_REFUSED(Call.TAKE, How.UNREACHABLE, StoreFault.ALL),
    TAKES_THROTTLED(Call.TAKE, How.THROTTLED, StoreFault.ALL),
    TAKES_SLOW(Call.TAKE, How.SLOW, StoreFault.ALL),
    SLOTS_UNREADABLE(Call.SLOTS, How.UNREACHABLE, StoreFault.ALL),
    RELEASES_LOST(Call.RELEASE, How.UNREACHABLE, StoreFault.ALL),
    RELEASES_LATE(Call.RELEASE, How.LATE, StoreFault.ALL),
    RELEASE_ANSWERS_LOST(Call.RELEASE, How.ANSWER_LOST, StoreFault.ALL),

    SETTLE_LOST(Call.SETTLE, How.UNREACHABLE, StoreFault.ALL),
    SETTLE_ANSWER_LOST(Call.SETTLE, How.ANSWER_LOST, StoreFault.ALL),
    USAGE_DOWN(Call.USAGE, How.UNREACHABLE, StoreFault.ALL),
    USAGE_THROTTLED(Call.USAGE, How.THROTTLED, StoreFault.ALL),
    USAGE_SLOW(Call.USAGE, How.SLOW, StoreFault.ALL),

    CATALOG_DOWN(Call.CATALOG, How.UNREACHABLE, StoreFault.ALL),
    CATALOG_THROTTLED(Call.CATALOG, How.THROTTLED, StoreFault.ALL),
    CATALOG_SLOW(Call.CATALOG, How.SLOW, StoreFault.ALL),
    HEALTH_DOWN(Call.HEALTH, How.UNREACHABLE, StoreFault.ALL),
    HEALTH_THROTTLED(Call.HEALTH, How.THROTTLED, StoreFault.ALL),
    HEALTH_SLOW(Call.HEALTH, How.SLOW, StoreFault.ALL),
    KEYS_DOWN(Call.KEYS, How.UNREACHABLE, StoreFault.ALL),
    KEYS_THROTTLED(Call.KEYS, How.THROTTLED, StoreFault.ALL),
    KEYS_SLOW(Call.KEYS, How.SLOW, StoreFault.ALL),
    PARAMETERS_DOWN(Call.PARAMETERS, How.UNREACHABLE, StoreFault.ALL),
    PARAMETERS_THROTTLED(Call.PARAMETERS, How.THROTTLED, StoreFault.ALL),
    PARAMETERS_SLOW(Call.PARAMETERS, How.SLOW, StoreFault.ALL),
    PARAMETERS_DENIED(Call.PARAMETERS, How.DENIED, StoreFault.ALL),
    PARAMETERS_MISSING(Call.PARAMETERS, How.MISSING, StoreFault.ALL),
    PARAMETERS_EMPTY(Call.PARAMETERS, How.EMPTY, StoreFault.ALL);

    private static final int ALL = Integer.MAX_VALUE;

    /** Felt by a person, and far from every deadline. */
    private static final Duration SLOW = Duration.ofMillis(200);

    private final Call call;
    private final How how;
    private final int most;

    StoreFault(Call call, How how, int most) {
        this.call = call;
        this.how = how;
        this.most = most;
    }

    /** The calls that go wrong. */
    private enum Call {
        NONE,
        TAKE,
        SLOTS,
        RELEASE,
        SETTLE,
        USAGE,
        CATALOG,
        HEALTH,
        KEYS,
        PARAMETERS;

        boolean is(DynamoDbRequest request, TableNames tables) {
            String table = request.getValueForField("TableName", String.class).orElse("");
            return switch (this) {
                case NONE, PARAMETERS -> false;
                case TAKE -> table.equals(tables.sessionSlots()) && request instanceof PutItemRequest;
                case SLOTS -> table.equals(tables.sessionSlots()) && request instanceof QueryRequest;
                case RELEASE -> table.equals(tables.sessionSlots()) && request instanceof DeleteItemRequest;
                case SETTLE ->
                    table.equals(tables.usage())
                            && request instanceof UpdateItemRequest update
                            && Optional.ofNullable(update.key().get("entry"))
                                    .filter(entry -> entry.s().startsWith("request#"))
                                    .isPresent();
                case USAGE -> table.equals(tables.usage());
                case CATALOG ->
                    table.equals(tables.models()) || table.equals(tables.pools()) || table.equals(tables.targets());
                case HEALTH -> table.equals(tables.targetHealth());
                case KEYS -> table.equals(tables.apiKeys()) && request instanceof GetItemRequest;
            };
        }
    }

    /** How they do. */
    private enum How {
        UNREACHABLE,
        THROTTLED,
        ANSWER_LOST,
        LATE,
        SLOW,
        DENIED,
        MISSING,
        EMPTY
    }

    /** The word in the table. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether no request gets as far as a router. */
    boolean bars() {
        return switch (this) {
            case TAKES_REFUSED, TAKES_THROTTLED, SLOTS_UNREADABLE -> true;
            case USAGE_DOWN, USAGE_THROTTLED, CATALOG_DOWN, CATALOG_THROTTLED -> true;
            case KEYS_DOWN, KEYS_THROTTLED, PARAMETERS_DOWN, PARAMETERS_THROTTLED -> true;
            case PARAMETERS_DENIED, PARAMETERS_MISSING, PARAMETERS_EMPTY -> true;
            default -> false;
        };
    }

    /** Whether a request may pass without meeting it: a slot that is kept is not released. */
    boolean mayPass() {
        return this == NONE || call == Call.RELEASE;
    }

    /** Begins it for one worker. */
    Begun begin(TableNames tables) {
        return new Begun(tables);
    }

    /** The fault, counted. Safe for use by many threads. */
    final class Begun {
        private final TableNames tables;
        private final AtomicInteger calls = new AtomicInteger();
        private final ConcurrentLinkedQueue<Runnable> late = new ConcurrentLinkedQueue<>();

        private Begun(TableNames tables) {
            this.tables = tables;
        }

        boolean met() {
            return calls.get() > 0;
        }

        /** Lets late calls land: the request is over. */
        void land() {
            late.forEach(Runnable::run);
        }

        FaultyDynamoDb over(FaultyDynamoDb dynamo) {
            dynamo.plan(this::of);
            return dynamo;
        }

        private Disturbance of(DynamoDbRequest request) {
            return call.is(request, tables) && calls.getAndIncrement() < most ? disturbance() : Disturbance.NONE;
        }

        private Disturbance disturbance() {
            return switch (how) {
                case UNREACHABLE -> Disturbance.unreachable();
                case THROTTLED -> Disturbance.throttled();
                case ANSWER_LOST -> Disturbance.answerLost();
                case LATE -> Disturbance.late(late::add);
                case SLOW -> new Disturbance.Waits(StoreFault::wait200);
                case DENIED, MISSING, EMPTY -> throw new IllegalStateException(how + ": of parameters only");
            };
        }

        /** The same for Parameter Store. */
        SsmClient over(SsmClient real) {
            return new SsmClient() {
                @Override
                public GetParameterResponse getParameter(GetParameterRequest request) {
                    return call == Call.PARAMETERS && calls.getAndIncrement() < most
                            ? disturbed(() -> real.getParameter(request))
                            : real.getParameter(request);
                }

                @Override
                public String serviceName() {
                    return real.serviceName();
                }

                @Override
                public void close() {
                    // The real one is everybody's.
                }
            };
        }

        private GetParameterResponse disturbed(Supplier<GetParameterResponse> works) {
            return switch (how) {
                case THROTTLED -> throw refused("ThrottlingException");
                case DENIED -> throw refused("AccessDeniedException");
                case MISSING -> throw ParameterNotFoundException.builder().build();
                case EMPTY ->
                    GetParameterResponse.builder()
                            .parameter(parameter -> parameter.value(" "))
                            .build();
                case SLOW -> {
                    wait200();
                    yield works.get();
                }
                case UNREACHABLE, ANSWER_LOST, LATE ->
                    throw SdkClientException.create("Unable to execute HTTP request: Connect timed out");
            };
        }

        private static AwsServiceException refused(String code) {
            return SsmException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                    .build();
        }
    }

    /** A slow store's own time; nothing is asserted about it. */
    private static void wait200() {
        try {
            Thread.sleep(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
