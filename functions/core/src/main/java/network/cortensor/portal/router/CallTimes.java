package network.cortensor.portal.router;

import java.time.Duration;

/**
 * The deadlines of one attempt, counted from {@link Router#open}, and how the router is asked.
 *
 * @param shape whether the router is asked to stream
 * @param connect for name look-up, connect and TLS together, until the first byte of the request leaves
 * @param routerTimeout sent along as {@code timeout}: when the router itself gives up
 * @param routerPrecommit sent along as {@code precommit_timeout}
 */
public record CallTimes(Shape shape, Duration connect, Duration routerTimeout, Duration routerPrecommit) {

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
