package network.cortensor.portal.benchmarks.cost;

import java.util.LinkedHashMap;
import java.util.Map;
import network.cortensor.portal.benchmarks.cost.Units.Standing;

/** A month's bill. */
record Month(double requests, Compute compute, Units units, Standing standing) {
    static final double KB_PER_GB = 1024 * 1024;

    /** Dollars by item, in the order of a bill. */
    Map<String, Double> items() {
        Map<String, Double> items = new LinkedHashMap<>();
        items.putAll(compute.items(requests, units));
        items.put("API Gateway", requests * Prices.API_GATEWAY_REQUEST);
        items.put(
                "DynamoDB",
                requests
                        * (units.writeUnits() * Prices.DYNAMO_WRITE_UNIT
                                + units.readUnits() * Prices.DYNAMO_READ_UNIT
                                + units.storedKb() / KB_PER_GB * Prices.DYNAMO_STORED_GB));
        items.put("logs", requests * units.logKb() / KB_PER_GB * Prices.LOGS_GB);
        items.put("data transfer", requests * units.answerKb() / KB_PER_GB * Prices.TRANSFER_GB);
        items.put("prober", prober());
        items.put(
                "metrics, alarms, dashboard",
                standing.series() * Prices.METRIC
                        + standing.alarms() * Prices.ALARM
                        + standing.dashboards() * Prices.DASHBOARD);
        return items;
    }

    private double prober() {
        double tick = standing.tickSeconds() * standing.proberGb() * Prices.LAMBDA_GB_SECOND
                + Prices.LAMBDA_REQUEST
                + Prices.SCHEDULED_CALL
                + standing.tickWriteUnits() * Prices.DYNAMO_WRITE_UNIT
                + standing.tickReadUnits() * Prices.DYNAMO_READ_UNIT;
        return standing.ticks() * tick;
    }

    /** Dollars for a million tokens of answers. */
    double millionTokens() {
        return total() / (requests * Units.TOKENS) * Prices.MILLION;
    }

    double total() {
        return items().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
