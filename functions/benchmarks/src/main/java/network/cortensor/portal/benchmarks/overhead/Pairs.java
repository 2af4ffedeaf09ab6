package network.cortensor.portal.benchmarks.overhead;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import network.cortensor.portal.benchmarks.machine.Percentiles;
import network.cortensor.portal.benchmarks.overhead.Caller.Timing;

/**
 * What was measured at one number of streams at once.
 *
 * @param streams at once, half of them through the product on average
 * @param all in no order
 * @param processorTime of the product, over all of them
 */
record Pairs(int streams, List<Pair> all, Duration processorTime) {

    /** The same request twice, one right after the other, in random order. */
    record Pair(Timing direct, Timing through) {
        Duration addedToFirstToken() {
            return through.firstToken().minus(direct.firstToken());
        }

        Duration addedToEnd() {
            return through.end().minus(direct.end());
        }
    }

    Percentiles of(Function<Pair, Duration> value) {
        return new Percentiles(all.stream().map(value).toList());
    }

    Duration processorTimePerRequest() {
        return processorTime.dividedBy(all.size());
    }
}
