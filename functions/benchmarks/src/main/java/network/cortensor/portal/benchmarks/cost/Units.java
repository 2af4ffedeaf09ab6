package network.cortensor.portal.benchmarks.cost;

/**
 * What one request and one month use.
 *
 * @param seconds from receipt to the last byte. The product adds milliseconds; the rest is the router: 39 s is the median of recorded
 *     traffic
 * @param functionGb of memory that {@code inference-api} is given
 * @param writeUnits of all tables: slot, counters, event (2 each), as {@code UsageUnitsTest} counts them
 * @param readUnits at most, of all tables, with nothing in memory yet
 * @param logKb the lines of a request and of its attempt, and Lambda's own
 * @param answerKb a streamed answer of 300 tokens
 * @param storedKb in the tables after the request: its usage record
 */
record Units(
        double seconds,
        double functionGb,
        double writeUnits,
        double readUnits,
        double logKb,
        double answerKb,
        double storedKb) {

    /** Of an answer. */
    static final double TOKENS = 300;

    /** Per request. */
    static final Units REQUEST = new Units(39, 1.73, 6, 4, 2.0, 66, 0.5);

    /** The same with routers that answer in 5 s. */
    static final Units FAST_REQUEST = REQUEST.lasting(5);

    Units lasting(double value) {
        return new Units(value, functionGb, writeUnits, readUnits, logKb, answerKb, storedKb);
    }

    /**
     * What does not depend on requests: the prober, and what watches.
     *
     * @param ticks of a month
     * @param tickSeconds with a fleet of 60 targets on 12 routers, deep probes included; assumed, above what was measured
     * @param proberGb of memory that the prober is given
     * @param tickWriteUnits of a tick in which nothing changed, as {@code HealthProberTest} counts them, like those read
     * @param series of custom metrics: each with its dimensions, for 4 models and 60 targets, and two by version
     */
    record Standing(
            double ticks,
            double tickSeconds,
            double proberGb,
            double tickWriteUnits,
            double tickReadUnits,
            double series,
            double alarms,
            double dashboards) {
        static final Standing MONTH = new Standing(43_800, 2, 1.73, 1, 17, 155, 29, 1);
    }
}
