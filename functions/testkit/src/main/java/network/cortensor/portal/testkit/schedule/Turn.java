package network.cortensor.portal.testkit.schedule;

import java.util.concurrent.locks.LockSupport;

/** One actor's thread and its permission to run. Passing it on makes everything written before visible to the next. */
final class Turn {
    private final Thread thread;
    private volatile boolean mine;
    private volatile boolean over;

    Turn(String name, Runnable body) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
            if (granted()) {
                body.run();
            }
        });
    }

    String name() {
        return thread.getName();
    }

    void start() {
        thread.start();
    }

    void grant() {
        mine = true;
        LockSupport.unpark(thread);
    }

    /** The schedule has failed: the actor is to end where it stands. */
    void end() {
        over = true;
        LockSupport.unpark(thread);
    }

    /** Waits for the turn; an actor of a failed schedule never gets it. */
    void await() {
        if (!granted()) {
            throw new ScheduleEnded();
        }
    }

    private boolean granted() {
        while (!mine && !over) {
            LockSupport.park(this);
        }
        mine = false;
        return !over;
    }

    /** Unwinds an actor without being caught by what the actor calls. */
    static final class ScheduleEnded extends Error {
        ScheduleEnded() {
            super("another actor failed", null, false, false);
        }
    }
}
