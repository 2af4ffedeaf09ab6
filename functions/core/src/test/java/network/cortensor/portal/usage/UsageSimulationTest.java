package network.cortensor.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol of {@link Ledger}, lived through with workers that die at any step and calls that get lost or land late. A failure names its seed; the
 * same seed always fails the same way.
 */
class UsageSimulationTest {
    private static final int BATCH = 100;
    private static final UsageWorld.Conditions OURS = new UsageWorld.Conditions(Duration.ZERO, UsageRules.OURS);

    static LongStream twentyBatches() {
        return LongStream.range(0, 20).map(batch -> batch * BATCH);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("twentyBatches")
    void noLimitIsExceededNobodyIsRefusedInVainAndEveryTaskIsAccountedForOnce(long firstSeed)
            throws InterruptedException {
        int tasks = 0;
        Map<Limit.Measure, Integer> refusals = new EnumMap<>(Limit.Measure.class);
        for (long seed = firstSeed; seed < firstSeed + BATCH; seed++) {
            UsageJudge judge = UsageWorld.live(seed, OURS);
            tasks += judge.tasks();
            judge.refusals().forEach((measure, count) -> refusals.merge(measure, count, Integer::sum));
        }
        assertThat(tasks).as("tasks served").isGreaterThan(20 * BATCH);
        assertThat(refusals)
                .as("each limit was met")
                .containsOnlyKeys(
                        Limit.Measure.REQUESTS_IN_FLIGHT,
                        Limit.Measure.REQUESTS_PER_MINUTE,
                        Limit.Measure.REQUESTS_PER_WEEK,
                        Limit.Measure.TOKENS_PER_WEEK);
    }

    @Test
    void clocksThatDifferExceedALimitByNoMoreThanWhatFallsInBetween() throws InterruptedException {
        for (long seed = 5_000; seed < 5_000 + BATCH; seed++) {
            UsageWorld.live(seed, new UsageWorld.Conditions(Duration.ofMillis(500), UsageRules.OURS));
        }
    }

    @ParameterizedTest(name = "a protocol that does not {0} is caught")
    @EnumSource
    void aProtocolWithoutOneOfItsRulesIsCaught(BrokenUsageRules rules) throws InterruptedException {
        assertThat(firstFailure(rules)).isLessThan(400);
    }

    private static long firstFailure(UsageRules rules) throws InterruptedException {
        for (long seed = 0; seed < 400; seed++) {
            try {
                UsageWorld.live(seed, new UsageWorld.Conditions(Duration.ZERO, rules));
            } catch (AssertionError e) {
                return seed;
            }
        }
        return Long.MAX_VALUE;
    }
}
