package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.State;
import network.cortensor.portal.slots.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request does while every slot is taken, and while nobody can tell. */
class QueueTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void aRequestWaitsForASlot() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        Lease other = rig.occupy("a", Duration.ZERO);
        rig.time.after(Duration.ofSeconds(7), () -> rig.rows.delete(other));

        Outcome outcome = rig.dispatch();

        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        assertThat(outcome.effort().queueWait()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(8_500));
        assertThat(outcome.effort().firstToken()).contains(rig.time.sinceStart());
    }

    @Test
    void aRequestThatNoSlotComesFreeForIsRefusedWhenItsPoolSays() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);

        Outcome outcome = rig.dispatch();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.refusal()).isInstanceOf(Refusal.AllBusy.class));
        assertThat(outcome.effort().queueWait()).hasSeconds(15);
        assertThat(rig.time.sinceStart()).hasSeconds(15);
    }

    @Test
    void looksAreASecondApartWithJitter() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);

        rig.dispatch();

        List<Duration> pauses = rig.time.pauses().subList(0, rig.time.pauses().size() - 1);
        assertThat(pauses)
                .hasSizeBetween(9, 30)
                .allMatch(pause -> pause.toMillis() >= 500 && pause.toMillis() <= 1_500);
        assertThat(pauses.stream().distinct()).hasSizeGreaterThan(5);
    }

    @Test
    void aRequestWaitsForATableThatHasTooMuchToDo() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(5)).throttledFor(Duration.ofSeconds(4)));

        Outcome outcome = rig.dispatch();

        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        assertThat(outcome.effort().queueWait()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(6));
    }

    @Test
    void aTableThatHasTooMuchToDoForTheWholeQueueMakesTheModelOverloaded() throws Exception {
        rig.catalog.targets("a", "b");
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(5)).throttledFor(Duration.ofSeconds(60)));

        assertThat(refusal()).isInstanceOf(Refusal.AllBusy.class);
        assertThat(rig.time.sinceStart()).hasSeconds(15);
    }

    /** As many waiters as 1,000 stay below the 3,000 units a second that DynamoDB serves of one router, with 500 for everything else. */
    @ParameterizedTest
    @ValueSource(ints = {1, 23, 24, 47, 48, 100, 200, 500})
    void whoeverWaitsReadsNoMoreThanTwoUnitsASecondOfOneRouter(int sessions) throws Exception {
        rig.catalog.targets("a");
        Lease first = rig.occupy("a", Duration.ZERO);
        for (int session = 1; session < sessions; session++) {
            Session other = new Session(first.session().router(), "9" + session);
            rig.rows.put(new Lease(other, 0, "owner", first.takenAt(), first.expiresAt()), first.takenAt());
        }
        SlowTable table = new SlowTable(rig.rows, rig.time, Duration.ZERO);
        rig.through(table);

        rig.dispatch();

        double bytes = 170.0 * sessions;
        double unitsOfALook = Math.ceil(bytes / 4_096);
        assertThat(unitsOfALook * (table.reads() - 2) / 15).isLessThan(2.5);
    }

    @Test
    void aPoolWithoutAQueueRefusesAtOnce() throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.pool("main", queueing(Duration.ZERO)));
        rig.occupy("a", Duration.ZERO);

        assertThat(refusal()).isInstanceOf(Refusal.AllBusy.class);
        assertThat(rig.time.sinceStart()).isZero();
    }

    @Test
    void aBusyTierSpillsToTheNextAtOnce() throws Exception {
        rig.catalog.targets("live", "degraded");
        rig.catalog.set("degraded", State.DEGRADED);
        rig.catalog.with(EditedCatalog.pool("spare", PoolTimes.DEFAULTS)).with(EditedCatalog.target("spare", "spare"));
        rig.occupy("live", Duration.ZERO);
        rig.router.on("degraded", answers(SECOND, "Hello")).on("spare", answers(SECOND, "Hello"));

        assertThat(rig.dispatch().effort().queueWait()).isZero();
        rig.occupy("degraded", Duration.ZERO);
        assertThat(rig.dispatch().effort().queueWait()).isZero();

        assertThat(rig.router.called()).containsExactly("degraded", "spare");
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "DRAINING"})
    void aRequestWhoseLastTargetIsTakenOutIsRefusedAtOnce(State state) throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.time.after(Duration.ofSeconds(3), () -> rig.catalog.set("a", state));

        assertThat(refusal()).isEqualTo(new Refusal.NoRouteOpen());
        assertThat(rig.time.sinceStart()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(4_500));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "DRAINING"})
    void aSlotThatComesFreeOnATargetThatWasTakenOutIsNotUsed(State state) throws Exception {
        rig.catalog.targets("a", "b");
        rig.router.on("b", answers(SECOND, "Hello"));
        Lease onA = rig.occupy("a", Duration.ZERO);
        Lease onB = rig.occupy("b", Duration.ZERO);
        rig.time.after(Duration.ofSeconds(3), () -> rig.catalog.set("a", state));
        rig.time.after(Duration.ofSeconds(4), () -> rig.rows.delete(onA));
        rig.time.after(Duration.ofSeconds(8), () -> rig.rows.delete(onB));

        assertThat(rig.dispatch().effort().queueWait()).isBetween(Duration.ofSeconds(8), Duration.ofMillis(9_500));
        assertThat(rig.router.called()).containsExactly("b");
    }

    @Test
    void aTargetThatIsAddedServesWhoeverWaits() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.router.on("b", answers(SECOND, "Hello"));
        rig.time.after(Duration.ofSeconds(3), () -> rig.catalog.targets("b"));

        assertThat(rig.dispatch().effort().queueWait()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(4_500));
    }

    @Test
    void aRaisedCapacityServesWhoeverWaits() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.time.after(
                Duration.ofSeconds(3),
                () -> rig.catalog.with(EditedCatalog.target("main", "a", new Capacity.Slots(2))));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void aQueueThatIsLengthenedHoldsForWhoeverWaits() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.time.after(
                Duration.ofSeconds(3),
                () -> rig.catalog.with(EditedCatalog.pool("main", queueing(Duration.ofSeconds(40)))));

        assertThat(rig.dispatch().effort().queueWait()).hasSeconds(40);
    }

    @Test
    void anAliasThatGoesAwayEndsTheWait() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.time.after(Duration.ofSeconds(3), rig.catalog::loseAlias);

        assertThat(refusal()).isEqualTo(new Refusal.UnknownAlias());
    }

    @Test
    void aCatalogThatCannotBeReadEndsTheWait() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.time.after(Duration.ofSeconds(3), rig.catalog::becomeUnreadable);

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
    }

    @Test
    void aCatalogThatCannotBeReadRefusesAtOnce() throws Exception {
        rig.catalog.becomeUnreadable();

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
        assertThat(rig.time.sinceStart()).isZero();
    }

    @Test
    void allAttemptsTogetherWaitNoLongerThanOneRequestMay() throws Exception {
        rig.catalog.targets("a", "b", "c");
        Lease onA = rig.occupy("a", Duration.ZERO);
        rig.occupy("b", Duration.ZERO);
        rig.occupy("c", Duration.ZERO);
        rig.router.on("a", fails(SECOND, new Failure.RouterError()));
        rig.time.after(Duration.ofSeconds(10), () -> rig.rows.delete(onA));

        Outcome outcome = rig.dispatch();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unanswered.class,
                        unanswered -> assertThat(unanswered.refusal()).isEqualTo(new Refusal.AttemptsFailed()));
        assertThat(outcome.effort().queueWait()).hasSeconds(15);
        assertThat(rig.time.sinceStart()).hasSeconds(16);
    }

    @Test
    void timeThatASlowTableCostsIsTimeWaited() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(2_500)));

        assertThat(refusal()).isInstanceOf(Refusal.AllBusy.class);
        assertThat(rig.time.sinceStart()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
    }

    @Test
    void slotsThatCannotBeReadRefuseAtOnce() throws Exception {
        rig.catalog.targets("a");
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofSeconds(3)).unanswered(router -> true));

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
        assertThat(rig.time.sinceStart()).hasSeconds(3);
    }

    @ParameterizedTest(name = "{0} answers of writes are lost")
    @ValueSource(ints = {1, 2, 5})
    void aRequestWaitsWhenTheWriteOfItsOnlySlotIsInDoubt(int lost) throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(5)).losingAnswersOfPuts(lost));

        Outcome outcome = rig.dispatch();

        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        assertThat(outcome.effort().queueWait()).isLessThan(Duration.ofMillis(1_600L * lost));
        assertThat(rig.taken("a")).as("every row is taken back").isEmpty();
    }

    @Test
    void aRequestThatWasHeldUpAsItTookItsOnlySlotLooksAgain() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(5)).holdingUpAPut(Duration.ofSeconds(6)));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void slotsThatCannotBeWrittenForTheWholeQueueAreUnavailable() throws Exception {
        rig.catalog.targets("a", "b");
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(5)).losingAnswersOfPuts(1_000));

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
        assertThat(rig.time.sinceStart()).hasSeconds(15);
        assertThat(rig.router.called()).isEmpty();
    }

    @Test
    void aPoolWithoutAQueueRefusesADoubtfulWriteAtOnce() throws Exception {
        rig.catalog.targets("a").with(EditedCatalog.pool("main", queueing(Duration.ZERO)));
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofMillis(5)).losingAnswersOfPuts(1));

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
        assertThat(rig.time.sinceStart()).isLessThan(SECOND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b"})
    void doubtAboutOneRouterIsAReasonToTryTheNext(String doubtful) throws Exception {
        rig.catalog.targets("a", "b");
        rig.router.on("a", answers(SECOND, "Hello")).on("b", answers(SECOND, "Hello"));
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofSeconds(1))
                .unanswered(router -> router.startsWith(doubtful)));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
        assertThat(rig.router.called()).doesNotContain(doubtful);
    }

    @Test
    void doubtAboutOneRouterDoesNotEndTheWaitForAnother() throws Exception {
        rig.catalog.targets("a", "b");
        rig.router.on("b", answers(SECOND, "Hello"));
        Lease other = rig.occupy("b", Duration.ZERO);
        rig.through(
                new SlowTable(rig.rows, rig.time, Duration.ofMillis(100)).unanswered(router -> router.startsWith("a")));
        rig.time.after(Duration.ofSeconds(5), () -> rig.rows.delete(other));

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Answered.class);
    }

    @Test
    void aWalkThatASlowTableHoldsUpIsBegunAnewWithAFreshCatalog() throws Exception {
        rig.catalog.targets("a", "b", "c", "d", "e", "f");
        rig.through(new SlowTable(rig.rows, rig.time, Duration.ofSeconds(3)).unanswered(router -> true));

        assertThat(refusal()).isEqualTo(new Refusal.StoreUnavailable());
        assertThat(rig.time.sinceStart()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
        assertThat(rig.catalog.reads()).isBetween(2, 4);
    }

    @Test
    void aSlotThatExpiredAndWasGivenTimeIsTaken() throws Exception {
        rig.catalog.targets("a");
        rig.router.on("a", answers(SECOND, "Hello"));
        rig.occupy("a", Duration.ofSeconds(210 + 25));

        Outcome outcome = rig.dispatch();

        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
        assertThat(outcome.effort().queueWait()).isBetween(Duration.ofSeconds(5), Duration.ofMillis(6_600));
    }

    private static PoolTimes queueing(Duration queue) {
        PoolTimes usual = PoolTimes.DEFAULTS;
        return new PoolTimes(usual.firstToken(), usual.idle(), usual.attempt(), usual.total(), queue);
    }

    private Refusal refusal() throws Exception {
        return ((Outcome.Unanswered) rig.dispatch()).refusal();
    }
}
