package network.cortensor.portal.benchmarks.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/** What customers' requests run on, and what that costs in a month. */
sealed interface Compute {
    double HOURS = 730;

    /** Dollars by item. */
    Map<String, Double> items(double requests, Units units);

    /** One environment for one request, paid for as long as the request lasts. */
    record OnDemand() implements Compute {
        @Override
        public Map<String, Double> items(double requests, Units units) {
            double request = units.seconds() * units.functionGb() * Prices.LAMBDA_GB_SECOND + Prices.LAMBDA_REQUEST;
            return Map.of("Lambda", requests * request);
        }
    }

    /**
     * Machines with many streams each, paid by the hour, and a NAT gateway.
     *
     * @param least machines that always run
     * @param streams at once on each
     * @param use of these, on the average of a month; the rest is room for the hours in which more is asked
     */
    record ManagedInstances(int least, double streams, double use) implements Compute {
        /** Three machines of two cores, one environment of AWS's default size on each, used by two thirds. */
        static final ManagedInstances FLEET = new ManagedInstances(3, 32, 2.0 / 3);

        @Override
        public Map<String, Double> items(double requests, Units units) {
            Map<String, Double> items = new LinkedHashMap<>();
            items.put(
                    "Lambda",
                    machines(requests, units) * HOURS * Prices.MACHINE_HOUR * (1 + Prices.MANAGEMENT_FEE)
                            + requests * Prices.LAMBDA_REQUEST);
            items.put(
                    "NAT gateway",
                    HOURS * Prices.NAT_HOUR + requests * units.answerKb() / Month.KB_PER_GB * Prices.NAT_GB);
            return items;
        }

        double machines(double requests, Units units) {
            double streamsAtOnce = requests * units.seconds() / (HOURS * 3_600);
            return Math.max(least, Math.ceil(streamsAtOnce / (streams * use)));
        }
    }

    /** From how many requests a month on the second way is the cheaper one; to a thousand. */
    static double breakEven(Compute first, Compute second, Units units) {
        double requests = 1_000;
        while (sum(first, requests, units) < sum(second, requests, units)) {
            requests += 1_000;
        }
        return requests;
    }

    private static double sum(Compute compute, double requests, Units units) {
        return compute.items(requests, units).values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
