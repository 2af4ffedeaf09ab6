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
                case REQUESTS_PER_MINUTE -> limits.requestsPerMinute();
                case REQUESTS_PER_WEEK -> limits.requestsPerWeek();
                case TOKENS_PER_WEEK -> limits.tokensPerWeek();
            };
        }
    }

    /** How much the plan allows; empty if that is unlimited. */
    OptionalLong most(Plan plan) {
        return measure.of(scope.of(plan));
    }

    /** The stable name in log lines and metrics. */
    public String word() {
        return scope.word() + "_" + measure.word();
    }
}
