package network.cortensor.portal.infra.environment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * The environments. This is the file that a deployer edits: router hosts, the alarms' address and a domain are to be set before a first
 * deployment that customers see.
 */
public final class Environments {
    /** A median answer takes 39 s and p90 63 s, the first token a good part of it; the service is ill well above that. */
    private static final Duration SLOW_FIRST_TOKEN = Duration.ofSeconds(45);

    private Environments() {}

    public static Environment dev() {
        return new Environment(
                "dev",
                new Keeping(Keeping.Tables.DISPOSABLE, RetentionDays.ONE_WEEK),
                new Sizes(20, 2, Sizes.Rollout.AT_ONCE),
                new Serving.OnDemand(),
                new CustomerAccess(
                        new CustomerAccess.Throttle(10, 20),
                        CustomerAccess.ModelList.OPEN,
                        CustomerAccess.StreamingUrl.OPEN,
                        Optional.empty(),
                        Optional.empty()),
                new AllowedRouters(Set.of("router-1.dev.example.net", "router-2.dev.example.net"), Set.of()),
                new Alerting(Optional.empty(), SLOW_FIRST_TOKEN, 20, 1));
    }

    public static Environment staging() {
        return new Environment(
                "staging",
                new Keeping(Keeping.Tables.KEPT, RetentionDays.ONE_MONTH),
                new Sizes(50, 5, Sizes.Rollout.CANARY),
                new Serving.OnDemand(),
                new CustomerAccess(
                        new CustomerAccess.Throttle(25, 50),
                        CustomerAccess.ModelList.OPEN,
                        CustomerAccess.StreamingUrl.OPEN,
                        Optional.of(new CustomerAccess.Firewall(2_000)),
                        Optional.empty()),
                new AllowedRouters(Set.of("router-1.staging.example.net", "router-2.staging.example.net"), Set.of()),
                new Alerting(Optional.empty(), SLOW_FIRST_TOKEN, 10, 2));
    }

    public static Environment prod() {
        return new Environment(
                "prod",
                new Keeping(Keeping.Tables.KEPT, RetentionDays.THREE_MONTHS),
                new Sizes(500, 10, Sizes.Rollout.CANARY),
                new Serving.OnDemand(),
                new CustomerAccess(
                        new CustomerAccess.Throttle(100, 200),
                        CustomerAccess.ModelList.OPEN,
                        CustomerAccess.StreamingUrl.OPEN,
                        Optional.of(new CustomerAccess.Firewall(5_000)),
                        Optional.empty()),
                new AllowedRouters(Set.of("router-1.prod.example.net", "router-2.prod.example.net"), Set.of()),
                new Alerting(Optional.empty(), SLOW_FIRST_TOKEN, 5, 20));
    }

    public static List<Environment> all() {
        return List.of(dev(), staging(), prod());
    }

    /** @throws BadDeployment if there is no environment of this name */
    public static Environment named(String name) {
        return all().stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadDeployment("environment: " + name + " (expected: " + names() + ")"));
    }

    /** The names that can be asked for, for messages. */
    public static String names() {
        return all().stream().map(Environment::name).collect(Collectors.joining(", "));
    }
}
