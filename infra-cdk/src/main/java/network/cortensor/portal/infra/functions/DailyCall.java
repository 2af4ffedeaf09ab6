package network.cortensor.portal.infra.functions;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.ScheduleTargetInput;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.constructs.Construct;

/**
 * Calls {@code GET /health} through an alias once a day. Lambda makes a SnapStart version inactive that was not called for 14 days, and the
 * first calls of an inactive version fail (SnapStartNotReadyException); with this, no customer's call is ever that one.
 */
final class DailyCall extends Construct {
    /** The next day is another chance; the scheduler's own 185 would look like trouble that lasts. */
    private static final int RETRIES = 2;

    DailyCall(Construct scope, String id, Alias alias, String environment) {
        super(scope, id);
        Schedule.Builder.create(this, "Schedule")
                .schedule(ScheduleExpression.rate(Duration.days(1)))
                .description("Portal " + environment + ": keeps the customers' function from becoming inactive")
                .target(LambdaInvoke.Builder.create(alias)
                        .input(ScheduleTargetInput.fromObject(health()))
                        .retryAttempts(RETRIES)
                        .build())
                .build();
    }

    /** As the Function URL would send it. */
    private static Map<String, Object> health() {
        return new TreeMap<>(Map.of(
                "version",
                "2.0",
                "rawPath",
                "/health",
                "headers",
                Map.of("x-forwarded-proto", "https"),
                "requestContext",
                new TreeMap<>(Map.of("domainName", "scheduler.invalid", "http", Map.of("method", "GET")))));
    }
}
