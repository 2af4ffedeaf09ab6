package network.cortensor.portal.testkit.router;

import java.time.InstantSource;
import network.cortensor.portal.testkit.PeerPause;

/**
 * What a simulated upstream takes from outside.
 *
 * @param pause how time passes in answers
 * @param clock what is written into answers
 */
public record Surroundings(PeerPause pause, InstantSource clock, CallListener listener) {
    /** Real time, and nobody listens. */
    public static final Surroundings REAL = new Surroundings(PeerPause.REAL, InstantSource.system(), CallListener.NONE);

    /** Everything at once, the end of a hang included; only a {@link Gate} holds anything. For hangs, take {@code SteppedTime}. */
    public static final Surroundings INSTANT =
            new Surroundings(PeerPause.NONE, InstantSource.system(), CallListener.NONE);

    public Surroundings withPause(PeerPause value) {
        return new Surroundings(value, clock, listener);
    }

    public Surroundings withClock(InstantSource value) {
        return new Surroundings(pause, value, listener);
    }

    public Surroundings withListener(CallListener value) {
        return new Surroundings(pause, clock, value);
    }
}
