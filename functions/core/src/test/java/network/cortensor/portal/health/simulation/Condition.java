package network.cortensor.portal.health.simulation;

import network.cortensor.portal.health.Liveness;

/**
 * How a session behaves at one instant.
 *
 * @param liveness what a look at it shows
 * @param slowness by how much its answers take longer
 */
record Condition(Liveness liveness, Work work, int slowness) {
    static final Condition WELL = new Condition(Liveness.ALIVE, Work.ANSWERS, 1);
    static final Condition DOWN = new Condition(Liveness.ROUTER_DOWN, Work.REFUSES, 1);
    static final Condition MUTE = new Condition(Liveness.ALIVE, Work.HANGS, 1);
    static final Condition SLOW = new Condition(Liveness.ALIVE, Work.ANSWERS, 2);
    static final Condition HANGS_AND_RETRIES_WELL = new Condition(Liveness.ALIVE, Work.HANGS_AT_FIRST, 1);
    static final Condition HANGS_AT_TIMES = new Condition(Liveness.ALIVE, Work.HANGS_AT_TIMES, 1);

    enum Work {
        ANSWERS,
        /** One task in five never answers, but no second one of the same request: what was recorded. */
        HANGS_AT_FIRST,
        /** One task in five never answers, whichever it is: worse than what was recorded. */
        HANGS_AT_TIMES,
        /** No task ever answers, and each keeps its session busy. */
        HANGS,
        /** No connection. */
        REFUSES
    }

    boolean works() {
        return switch (work) {
            case ANSWERS, HANGS_AT_FIRST, HANGS_AT_TIMES -> true;
            case HANGS, REFUSES -> false;
        };
    }
}
