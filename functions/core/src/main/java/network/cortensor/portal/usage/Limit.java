package network.cortensor.portal.usage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;

/** One limit of a plan: what is measured, and over whose requests. */
public record Limit(Scope scope, Measure measure) {
    /** All that there are, those that are soonest over first. */
    public static final List<Limit> ALL = Arrays.stream(Measure.values())
            .flatMap(measure -> Arrays.stream(Scope.values()).map(scope -> new Limit(scope, measure)))
            .toList();

    /**
     * Requests that one customer may send in a second, whatever the plan says. A customer's counters are one item, because only then is every limit exact. DynamoDB writes
     * an item a thousand times a second at most, and 100 requests write it some 240 times, counting writes that meet each other. A customer who sent several times as many
     * would be told that the service is unavailable.
     */
    public static final long MOST_PER_SECOND = 100;

    private static final Limit PACE = new Limit(Scope.CUSTOMER, Measure.REQUESTS_PER_SECOND);

    /** Whose requests count. */
    public enum Scope {
        KEY,
        /** All keys of the customer together. */
        CUSTOMER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        Limits of(Plan plan) {
            return switch (this) {
                case KEY -> plan.key();
                case CUSTOMER -> plan.customer();
            };
        }
    }

    /** What is measured. */
    public enum Measure {
        REQUESTS_IN_FLIGHT,
        /** No plan's: the service's own, see {@link Limit#MOST_PER_SECOND}. */
        REQUESTS_PER_SECOND,
        REQUESTS_PER_MINUTE,
        REQUESTS_PER_WEEK,
        TOKENS_PER_WEEK;

        /** As in {@code requests per minute}. */
        public String words() {
            return word().replace('_', ' ');
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        OptionalLong of(Limits limits) {
            return switch (this) {
                case REQUESTS_IN_FLIGHT -> limits.requestsInFlight();
                case REQUESTS_PER_SECOND -> OptionalLong.empty();
                case REQUESTS_PER_MINUTE -> limits.requestsPerMinute();
                case REQUESTS_PER_WEEK -> limits.requestsPerWeek();
                case TOKENS_PER_WEEK -> limits.tokensPerWeek();
            };
        }
    }

    /** How much is allowed; empty if that is unlimited. */
    OptionalLong most(Plan plan) {
        return equals(PACE) ? OptionalLong.of(MOST_PER_SECOND) : measure.of(scope.of(plan));
    }

    /** Whether a plan says how much it is. */
    boolean isPlans() {
        return measure != Measure.REQUESTS_PER_SECOND;
    }

    /** The stable name in log lines and metrics. */
    public String word() {
        return scope.word() + "_" + measure.word();
    }
}
