package network.cortensor.portal.benchmarks.peers;

import java.time.Duration;
import java.util.List;

/**
 * How much customers ask for: 50 tokens an answer, the first after 50 ms.
 *
 * @param streams at once
 * @param gap from a token to the next one
 */
record Load(int streams, Duration gap) {
    static final Duration SLOW = Duration.ofMillis(20);
    static final Duration FAST = Duration.ofMillis(2);

    static final List<Load> ALL =
            List.of(new Load(1, SLOW), new Load(16, SLOW), new Load(64, SLOW), new Load(64, FAST));

    String title() {
        return streams + (streams == 1 ? " stream, " : " streams, ") + gap.toMillis() + " ms a token";
    }
}
