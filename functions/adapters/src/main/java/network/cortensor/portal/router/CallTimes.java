package network.cortensor.portal.router;

import java.time.Duration;
import network.cortensor.portal.model.PoolTimes;

/**
 * The deadlines of one attempt, counted from {@link Router#open}, and how the router is asked.
 *
 * @param shape whether the router is asked to stream
 * @param connect for name look-up, connect and TLS together, until the first byte of the request leaves
 * @param routerTimeout sent along as {@code timeout}: when the router itself gives up
 */
public record CallTimes(Shape shape, Duration connect, Duration routerTimeout) {

    /**
     * Of an answer that is asked for as a stream, with its pool's times but for the first token's.
     *
     * @param whole how long it may flow
     */
    public static CallTimes streamed(PoolTimes times, Duration firstToken, Duration whole, Duration connect) {
        return new CallTimes(new Shape.Streamed(firstToken, times.idle(), whole), connect, whole);
    }

    /** Of an answer that is asked for in one piece, with its pool's times. */
    public static CallTimes whole(PoolTimes times, Duration connect) {
        return new CallTimes(new Shape.Whole(times.whole()), connect, times.attempt());
    }

    /** How the answer is asked for, with the deadlines that go with it. */
    public sealed interface Shape {
        /**
         * Asked for as a stream.
         *
         * @param firstToken until the first content
         * @param idle between two events
         * @param whole until the end
         */
        record Streamed(Duration firstToken, Duration idle, Duration whole) implements Shape {}

        /**
         * Asked for in one piece.
         *
         * @param whole until the end
         */
        record Whole(Duration whole) implements Shape {}
    }
}
