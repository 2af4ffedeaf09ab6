package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.slots.Lease;
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
    void customersWhomDifferentProcessesRefuseTogetherDoNotComeBackTogether() throws Exception {
        rig.catalog.targets("a", "b", "c").with(EditedCatalog.pool("main", withoutQueue()));
        rig.occupy("a", Duration.ofSeconds(10));
        rig.occupy("b", Duration.ofSeconds(20));
        rig.occupy("c", Duration.ofSeconds(50));
        Set<Duration> advices = new HashSet<>();
        for (int customer = 0; customer < 50; customer++) {
            rig.through(rig.rows);
            advices.add(advice());
        }

        assertThat(advices).hasSizeGreaterThan(40);
        assertThat(advices.stream().map(Duration::toSeconds).distinct()).contains(14L, 44L, 54L);
    }

    @Test
    void customersWhomOneProcessRefusesTogetherComeBackOneAfterTheOther() throws Exception {
        rig.catalog.targets("a", "b").with(EditedCatalog.pool("main", withoutQueue()));
        observe(Duration.ofSeconds(10));
        rig.occupy("a", Duration.ofSeconds(8));
        rig.occupy("b", Duration.ofSeconds(3));
        List<Long> advices = new ArrayList<>();
        for (int customer = 0; customer < 4; customer++) {
            advices.add(advice().toSeconds());
        }

        List<Long> turns = List.of(2L, 7L, 12L, 17L, 22L);
        for (int customer = 0; customer < 4; customer++) {
            assertThat(advices.get(customer) - 1)
                    .as("customer %s of %s", customer, advices)
                    .isBetween(turns.get(customer) - 1, turns.get(customer + 1) + 1);
        }
    }

    @Test
    void customersWhoseTurnIsFarAwayDoNotComeBackTogether() throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.pool("main", withoutQueue()));
        rig.occupy("a", Duration.ofSeconds(10));
        Set<Duration> advices = new HashSet<>();
        for (int customer = 0; customer < 50; customer++) {
            advices.add(advice());
        }

        assertThat(advices).hasSizeGreaterThan(40);
        assertThat(advices.stream().filter(advice -> advice.toSeconds() < 45)).isEmpty();
    }

    @Test
    void slotsThatOtherProcessesTookMeanwhileTellOfOthersWhoWait() throws Exception {
        rig.catalog.targets("a");
        observe(Duration.ofSeconds(2));
        Lease[] taken = {rig.occupy("a", Duration.ZERO)};
        int[] takes = new int[1];
        for (int second = 5; second < 15; second += 3) {
            rig.time.afterNow(Duration.ofSeconds(second), () -> {
                rig.rows.delete(taken[0]);
                taken[0] = rig.occupy("main", "a", "other-" + takes[0]++, Duration.ZERO);
            });
        }

        assertThat(advice())
                .as("4 × 4 requests before it, each of which takes 2 s")
                .isBetween(Duration.ofSeconds(28), Duration.ofSeconds(33));
    }

    private void observe(Duration answer) throws Exception {
        rig.router.on("a", answers(answer, "Hello")).on("b", answers(answer, "Hello"));
        for (int request = 0; request < 30; request++) {
            rig.dispatch();
        }
    }

    private static PoolTimes withoutQueue() {
        PoolTimes usual = PoolTimes.DEFAULTS;
        return new PoolTimes(usual.firstToken(), usual.idle(), usual.attempt(), usual.total(), Duration.ZERO);
    }

    private Duration advice() throws Exception {
        return ((Refusal.AllBusy) ((Outcome.Unanswered) rig.dispatch()).refusal()).retryAfter();
    }
}
