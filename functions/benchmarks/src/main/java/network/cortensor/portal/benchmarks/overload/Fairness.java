package network.cortensor.portal.benchmarks.overload;

/**
 * What two customers got of the same sessions, alone and together; in answers a minute.
 *
 * @param few of the customer with as many requests at once as there are sessions
 * @param many of the one with ten times as many
 */
record Fairness(Got few, Got many) {
    /** What each gets at least, of what it would get alone. */
    static final double LEAST = 0.4;

    /** One customer's answers. */
    record Got(int callers, double alone, double together) {
        double share() {
            return together / Math.max(1e-9, alone);
        }
    }

    boolean holds() {
        return few.share() >= LEAST && many.share() >= LEAST;
    }
}
