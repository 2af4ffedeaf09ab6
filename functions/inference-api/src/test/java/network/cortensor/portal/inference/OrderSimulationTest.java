package network.cortensor.portal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The order in which a request is let in and sent, lived through by the whole function: every call that it makes side by side is throttled, delayed, lost, sent twice or
 * overtaken by another. A failure names its seed, and the same seed always fails the same way.
 */
class OrderSimulationTest {
    private static final int BATCH = 200;

    static LongStream tenBatches() {
        return LongStream.range(0, 10).map(batch -> batch * BATCH);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("tenBatches")
    void whateverBecomesOfCallsSideBySideSlotsCountsAndKeysAreSafe(long firstSeed) throws InterruptedException {
        int answered = 0;
        for (long seed = firstSeed; seed < firstSeed + BATCH; seed++) {
            answered += lived(seed);
        }
        assertThat(answered).as("requests answered").isGreaterThan(3 * BATCH);
    }

    private static int lived(long seed) throws InterruptedException {
        try {
            return OrderWorld.live(seed, OrderRules.OURS);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @ParameterizedTest(name = "an order that does not {0} is caught")
    @EnumSource(mode = Mode.EXCLUDE, names = "OURS")
    void anOrderWithoutOneOfItsRulesIsCaught(OrderRules rules) throws InterruptedException {
        assertThat(firstFailure(rules)).as("the first seed that shows it").isLessThan(400);
    }

    private static long firstFailure(OrderRules rules) throws InterruptedException {
        for (long seed = 0; seed < 400; seed++) {
            try {
                OrderWorld.live(seed, rules);
            } catch (AssertionError e) {
                return seed;
            }
        }
        return Long.MAX_VALUE;
    }

    @Test
    void theSameSeedIsTheSameWorld() throws InterruptedException {
        assertThat(OrderWorld.live(7, OrderRules.OURS)).isEqualTo(OrderWorld.live(7, OrderRules.OURS));
    }
}
