package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import network.cortensor.portal.model.PoolTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a refused customer is told to come back. A refusal comes 15 s after the request, at the end of the queue. */
class RetryAdviceTest {
    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void whereNothingWasObservedTheRecordedTimesCount() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ofSeconds(10));

        assertThat(advice()).isBetween(Duration.ofSeconds(63 - 25 + 1), Duration.ofSeconds(63 - 25 + 2));
    }

    @Test
    void whereAttemptsWereObservedTheyCount() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(Duration.ofSeconds(20), "Hello"));
        for (int request = 0; request < 30; request++) {
            rig.dispatch();
        }
        rig.occupy("a", Duration.ZERO);

        assertThat(advice()).isBetween(Duration.ofSeconds(20 - 15 + 1), Duration.ofSeconds(20 - 15 + 3));
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100, 170})
    void aSlotThatIsHeldForLongerThanMostComesBackWhenItExpires(int heldFor) throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ofSeconds(heldFor));

        long expires = 210L + 30 - heldFor - 15;
        assertThat(advice())
                .isBetween(
                        Duration.ofSeconds(Math.min(60, expires + 1)), Duration.ofSeconds(Math.min(60, expires + 2)));
    }

    static LongStream ages() {
        return LongStream.rangeClosed(0, 240).filter(age -> age % 12 == 0);
    }

    @ParameterizedTest(name = "slots taken {0} s ago")
    @MethodSource("ages")
    void itIsNeverLessThanASecondNorMoreThanAMinute(long age) throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.pool("main", withoutQueue()));
        rig.occupy("a", Duration.ofSeconds(age));

        assertThat(advice()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    @Test
    void customersWhoAreRefusedTogetherDoNotComeBackTogether() throws Exception {
        rig.catalog.targets("a", "b", "c").with(EditedCatalog.pool("main", withoutQueue()));
        rig.occupy("a", Duration.ofSeconds(10));
        rig.occupy("b", Duration.ofSeconds(20));
        rig.occupy("c", Duration.ofSeconds(50));
        Set<Duration> advices = new HashSet<>();
        for (int customer = 0; customer < 50; customer++) {
            advices.add(advice());
        }

        assertThat(advices).hasSizeGreaterThan(40);
        assertThat(advices.stream().map(Duration::toSeconds).distinct()).contains(14L, 44L, 54L);
    }

    private static PoolTimes withoutQueue() {
        PoolTimes usual = PoolTimes.DEFAULTS;
        return new PoolTimes(usual.firstToken(), usual.idle(), usual.attempt(), usual.total(), Duration.ZERO);
    }

    private Duration advice() throws Exception {
        return ((Refusal.AllBusy) ((Outcome.Unanswered) rig.dispatch()).refusal()).retryAfter();
    }
}
