package network.cortensor.portal.testkit.router;

import java.time.InstantSource;
import network.cortensor.portal.testkit.PeerPause;

/**
 * What a simulated upstream takes from outside.
 *
 * @param pause how time passes in answers
 * @param clock what is written into answers
 */
public record SimulatorSurroundings(PeerPause pause, InstantSource clock, CallListener listener) {
    /** Real time, and nobody listens. */
    public static final SimulatorSurroundings REAL =
            new SimulatorSurroundings(PeerPause.REAL, InstantSource.system(), CallListener.NONE);

    /** Everything at once, the end of a hang included; only a {@link Gate} holds anything. For hangs, take {@code SteppedTime}. */
    public static final SimulatorSurroundings INSTANT =
            new SimulatorSurroundings(PeerPause.NONE, InstantSource.system(), CallListener.NONE);

    public SimulatorSurroundings withPause(PeerPause value) {
        return new SimulatorSurroundings(value, clock, listener);
    }

    public SimulatorSurroundings withClock(InstantSource value) {
        return new SimulatorSurroundings(pause, value, listener);
    }

    public SimulatorSurroundings withListener(CallListener value) {
        return new SimulatorSurroundings(pause, clock, value);
    }
}
