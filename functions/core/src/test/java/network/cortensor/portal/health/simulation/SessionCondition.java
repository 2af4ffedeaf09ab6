package network.cortensor.portal.health.simulation;

import network.cortensor.portal.health.Liveness;

/**
 * How a session behaves at one instant.
 *
 * @param liveness what a look at it shows
 * @param slowness by how much its answers take longer
 */
record SessionCondition(Liveness liveness, Work work, int slowness) {
    static final SessionCondition WELL = new SessionCondition(Liveness.ALIVE, Work.ANSWERS, 1);
    static final SessionCondition DOWN = new SessionCondition(Liveness.ROUTER_DOWN, Work.REFUSES, 1);
    static final SessionCondition OVERLOADED = new SessionCondition(Liveness.ALIVE, Work.FAILS, 1);
    static final SessionCondition MUTE = new SessionCondition(Liveness.ALIVE, Work.HANGS, 1);
    static final SessionCondition SLOW = new SessionCondition(Liveness.ALIVE, Work.ANSWERS, 2);
    static final SessionCondition HANGS_AND_RETRIES_WELL = new SessionCondition(Liveness.ALIVE, Work.HANGS_AT_FIRST, 1);
    static final SessionCondition HANGS_AT_TIMES = new SessionCondition(Liveness.ALIVE, Work.HANGS_AT_TIMES, 1);

    static final SessionCondition LIMITED = new SessionCondition(Liveness.ALIVE, Work.LIMITS, 1);
    static final SessionCondition WITHOUT_KEY = new SessionCondition(Liveness.UNREADABLE, Work.WITHOUT_KEY, 1);
    static final SessionCondition ENDLESS = new SessionCondition(Liveness.ALIVE, Work.ANSWERS_FOR_LONG, 1);

    enum Work {
        ANSWERS,
        /** One task in five never answers, but no second one of the same request: what was recorded. */
        HANGS_AT_FIRST,
        /** One task in five never answers, whichever it is: worse than what was recorded. */
        HANGS_AT_TIMES,
        /** No task ever answers, and each keeps its session busy. */
        HANGS,
        /** No connection. */
        REFUSES,
        /** A complete 503 at once. */
        FAILS,
        /** 429, with a time to wait. */
        LIMITS,
        /** Nothing can be sent for our own sake. */
        WITHOUT_KEY,
        /** Steadily, until our own time is over: the answer is cut there, and its slot kept. */
        ANSWERS_FOR_LONG
    }

    boolean works() {
        return switch (work) {
            case ANSWERS, HANGS_AT_FIRST, HANGS_AT_TIMES, LIMITS, WITHOUT_KEY, ANSWERS_FOR_LONG -> true;
            case HANGS, REFUSES, FAILS -> false;
        };
    }
}
