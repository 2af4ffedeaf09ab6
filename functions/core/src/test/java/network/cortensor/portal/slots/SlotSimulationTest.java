package network.cortensor.portal.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import network.cortensor.portal.slots.TaskLedger.Overlap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol of {@link Slots}, lived through under everything that it says it bears. A failure names its seed and tells what happened;
 * the same seed always fails the same way.
 */
class SlotSimulationTest {
    private static final int BATCH = 100;

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("twentyBatches")
    void noSessionIsEverOverfilledAndEverySlotComesBack(long firstSeed) throws InterruptedException {
        assertHolds(firstSeed, Conditions.REQUIRED);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("fourBatches")
    void clocksMayBe23SecondsApartWhileTheTableDeletesExpiredRows(long firstSeed) throws InterruptedException {
        assertHolds(firstSeed, new Conditions(Duration.ofSeconds(23), Conditions.Ttl.DELETES));
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("fourBatches")
    void clocksMayBe53SecondsApartWhileItDoesNot(long firstSeed) throws InterruptedException {
        assertHolds(firstSeed, new Conditions(Duration.ofSeconds(53), Conditions.Ttl.KEEPS));
    }

    static LongStream twentyBatches() {
        return LongStream.range(0, 20).map(batch -> batch * BATCH);
    }

    static LongStream fourBatches() {
        return LongStream.range(20, 24).map(batch -> batch * BATCH);
    }

    private static void assertHolds(long firstSeed, Conditions conditions) throws InterruptedException {
        int tasks = 0;
        for (long seed = firstSeed; seed < firstSeed + BATCH; seed++) {
            tasks += SlotWorld.live(seed, conditions, Rules.OURS);
        }
        assertThat(tasks).as("tasks sent").isGreaterThan(20 * BATCH);
    }

    @ParameterizedTest(name = "a protocol that does not {0} is caught")
    @EnumSource
    void aProtocolWithoutOneOfItsRulesIsCaught(BrokenRules rules) throws InterruptedException {
        assertThat(firstOverlap(rules.conditions(), rules)).isLessThan(400);
    }

    @Test
    void clocksFurtherApartThanPromisedAreNotBorne() throws InterruptedException {
        assertThat(firstOverlap(new Conditions(Duration.ofSeconds(33), Conditions.Ttl.DELETES), Rules.OURS))
                .isLessThan(400);
        assertThat(firstOverlap(new Conditions(Duration.ofSeconds(63), Conditions.Ttl.KEEPS), Rules.OURS))
                .isLessThan(400);
    }

    @Test
    void aFailureNamesItsSeedAndTellsWhatHappened() throws InterruptedException {
        BrokenRules broken = BrokenRules.WRITE_ON_CONDITION;
        long seed = firstOverlap(broken.conditions(), broken);

        String told = SlotWorld.told(seed, broken.conditions(), broken);

        assertThat(told).startsWith("seed " + seed + " under ").contains("written", "sends to ", "capacity ");
    }

    /** The first seed that fails by an overlap, and by nothing else. */
    private static long firstOverlap(Conditions conditions, Rules rules) throws InterruptedException {
        for (long seed = 0; seed < 1_000; seed++) {
            try {
                SlotWorld.live(seed, conditions, rules);
            } catch (AssertionError e) {
                assertThat(e).hasRootCauseInstanceOf(Overlap.class);
                return seed;
            }
        }
        return Long.MAX_VALUE;
    }
}
