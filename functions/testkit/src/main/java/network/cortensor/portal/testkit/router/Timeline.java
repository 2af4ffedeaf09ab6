package network.cortensor.portal.testkit.router;

import java.time.Duration;
import network.cortensor.portal.testkit.PeerPause;

/** The time of one task: it passes until the router gives the task up. Used by one thread. */
final class Timeline {
    private final PeerPause pause;
    private Duration left;

    /** @param budget after which the router gives up */
    Timeline(PeerPause pause, Duration budget) {
        this.pause = pause;
        this.left = budget;
    }

    /** @throws GivenUp when the task's time is over first */
    void pass(Duration duration) throws InterruptedException, GivenUp {
        if (duration.compareTo(left) >= 0) {
            passAll();
        }
        left = left.minus(duration);
        if (duration.isPositive()) {
            pause.pass(duration);
        }
    }

    /** Lets the rest pass. @throws GivenUp always */
    void passAll() throws InterruptedException, GivenUp {
        pause.pass(left);
        throw new GivenUp();
    }

    /** The router's own time for a task is over. */
    static final class GivenUp extends Exception {
        private static final long serialVersionUID = 1;

        GivenUp() {
            super("given up", null, false, false);
        }
    }
}
