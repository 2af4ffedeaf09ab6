package network.cortensor.portal.benchmarks.peers;

import java.time.Duration;
import java.util.List;

/**
 * How much customers ask for: 50 tokens an answer, the first after 50 ms.
 *
 * @param streams at once
 * @param gap from a token to the next one
 * @param wantedP50 of what the product adds to the first token, at most, in ms
 * @param wantedP99 the same of its 99th percentile
 */
record Load(int streams, Duration gap, double wantedP50, double wantedP99) {
    static final Duration SLOW = Duration.ofMillis(20);
    static final Duration FAST = Duration.ofMillis(2);

    static final List<Load> ALL = List.of(
            new Load(1, SLOW, 8, 15),
            new Load(16, SLOW, 8, 30),
            new Load(64, SLOW, 15, 60),
            new Load(64, FAST, 60, 150));

    String title() {
        return streams + (streams == 1 ? " stream, " : " streams, ") + gap.toMillis() + " ms a token";
    }
}
