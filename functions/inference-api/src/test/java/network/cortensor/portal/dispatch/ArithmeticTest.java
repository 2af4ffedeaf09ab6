package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static network.cortensor.portal.dispatch.AttemptScript.fails;
import static network.cortensor.portal.dispatch.AttemptScript.hangs;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.router.CallTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many attempts a request has, when they begin, and how long each may take. */
class ArithmeticTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final List<String> MANY = List.of("a", "b", "c", "d", "e");

    private final DispatcherRig rig = new DispatcherRig();

    @Test
    void threeStreamedAttemptsFitIntoARequestEvenIfAllHang() throws Exception {
        everywhere(hangs());

        assertThat(rig.dispatch()).isInstanceOf(Outcome.Unanswered.class);

        assertThat(begins()).containsExactly(0L, 60L, 120L);
        assertThat(rig.time.sinceStart()).hasSeconds(180);
    }

    @Test
    void twoWholeAttemptsFitIntoARequestEvenIfAllHang() throws Exception {
        everywhere(hangs());

        assertThat(rig.wish(Job.Wish.WHOLE).dispatch()).isInstanceOf(Outcome.Unanswered.class);

        assertThat(begins()).containsExactly(0L, 120L);
        assertThat(rig.time.sinceStart()).hasSeconds(240);
    }

    @Test
    void aBufferedPoolsStreamHasTheAttemptsOfAWholeAnswer() throws Exception {
        everywhere(hangs());
        rig.catalog.with(new Pool("main", State.LIVE, PoolTimes.DEFAULTS, 3, Streaming.BUFFERED));

        rig.dispatch();

        assertThat(begins()).containsExactly(0L, 120L);
    }

    @Test
    void aCustomersBufferedStreamHasTheAttemptsOfAWholeAnswer() throws Exception {
        everywhere(hangs());
        rig.wish(Job.Wish.BUFFERED_STREAM);

        rig.dispatch();

        assertThat(begins()).containsExactly(0L, 120L);
    }

    @Test
    void theLastAttemptEndsBeforeTheRequestMust() throws Exception {
        everywhere(hangs());
        for (String name : MANY) {
            rig.occupy(name, Duration.ofSeconds(205));
        }
        rig.catalog.with(pool(seconds(60, 30, 150, 285, 200)));

        rig.dispatch();

        assertThat(begins()).allMatch(begin -> begin <= 285 - 150);
        assertThat(rig.time.sinceStart()).isLessThanOrEqualTo(Duration.ofSeconds(285));
    }

    @Test
    void noAttemptBeginsThatTheWorkerCouldNotLiveToSeeTheEndOf() throws Exception {
        everywhere(hangs());

        rig.killedAfter(Duration.ofSeconds(10 + 150 + 60)).dispatch();

        assertThat(begins()).containsExactly(0L, 60L);
    }

    @Test
    void aWorkerWithoutTimeForOneAttemptTriesNone() throws Exception {
        everywhere(answers(SECOND, "Hello"));

        Outcome outcome = rig.killedAfter(Duration.ofSeconds(159)).dispatch();

        assertThat(outcome).isEqualTo(new Outcome.Unanswered(new Refusal.TimedOut(), Outcome.Effort.NONE));
    }

    @Test
    void aSlotThatWasTakenTooLateIsGivenBackUnused() throws Exception {
        everywhere(answers(SECOND, "Hello"));
        SlowTable slow = new SlowTable(rig.rows, rig.time, SECOND.multipliedBy(2));

        Outcome outcome = rig.through(slow).killedAfter(Duration.ofSeconds(163)).dispatch();

        assertThat(outcome).isEqualTo(new Outcome.Unanswered(new Refusal.TimedOut(), Outcome.Effort.NONE));
        assertThat(rig.router.called()).isEmpty();
        assertThat(rig.taken(MANY.toArray(String[]::new))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPoolMayAllowFewerAttempts(Job.Origin origin) throws Exception {
        everywhere(fails(SECOND, new Failure.RouterError()));
        rig.catalog.with(new Pool("main", State.LIVE, PoolTimes.DEFAULTS, 1, Streaming.NATIVE));

        rig.origin(origin).dispatch();

        assertThat(rig.router.called()).hasSize(1);
    }

    @Test
    void anSdksOwnRetryGetsTwoAttempts() throws Exception {
        everywhere(fails(SECOND, new Failure.RouterError()));

        rig.origin(Job.Origin.SDK_RETRY).dispatch();

        assertThat(rig.router.called()).hasSize(2);
    }

    /** The number that {@link PoolDispatcher} publishes. */
    @Test
    void aCustomersRequestCostsAtMostSevenRouterTasksItsSdksRetriesIncluded() throws Exception {
        everywhere(fails(SECOND, new Failure.GatewayError(502)));
        rig.catalog.targets("f", "g", "h", "i");
        for (String name : List.of("f", "g", "h", "i")) {
            rig.router.on(name, fails(SECOND, new Failure.GatewayError(502)));
        }

        assertThat(asAnSdkDoes()).isInstanceOf(Refusal.AttemptsFailed.class);
        assertThat(rig.router.called()).hasSize(7);
    }

    @Test
    void aRequestThatTimedOutIsNotRetriedBySdksAndCostsThree() throws Exception {
        everywhere(hangs());

        assertThat(asAnSdkDoes()).isInstanceOf(Refusal.TimedOut.class);
        assertThat(rig.router.called()).hasSize(3);
    }

    /** Two retries, unless the answer forbids them, as the one to a time-out does. */
    private Refusal asAnSdkDoes() throws IOException, InterruptedException {
        Outcome outcome = rig.dispatch();
        for (int retry = 1; retry <= 2 && !(refusal(outcome) instanceof Refusal.TimedOut); retry++) {
            outcome = rig.origin(Job.Origin.SDK_RETRY).dispatch();
        }
        return refusal(outcome);
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Unanswered) outcome).refusal();
    }

    @Test
    void aStreamIsAskedForWithItsPoolsTimes() throws Exception {
        everywhere(answers(SECOND, "Hello"));

        rig.dispatch();

        assertThat(times())
                .isEqualTo(new CallTimes(
                        new CallTimes.Shape.Streamed(
                                Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(150)),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(150)));
    }

    @Test
    void anAnswerOfAServerWithoutSlotsMayFlowAsLongAsTheRequestLasts() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a", new Capacity.Unlimited()));
        rig.router.on("a", answers(SECOND, "Hello"));

        rig.dispatch();

        assertThat(times().shape())
                .isEqualTo(new CallTimes.Shape.Streamed(
                        Duration.ofSeconds(60), Duration.ofSeconds(30), PoolTimes.LONGEST_TOTAL));
    }

    @Test
    void noAnswerMayFlowForLongerThanTheWorkerLives() throws Exception {
        rig.catalog.with(EditedCatalog.target("main", "a", new Capacity.Unlimited()));
        rig.router.on("a", answers(SECOND, "Hello"));

        rig.killedAfter(Duration.ofSeconds(200)).dispatch();

        assertThat(times().shape())
                .isEqualTo(new CallTimes.Shape.Streamed(
                        Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(190)));
    }

    @Test
    void aServersPromisedNumberOfRequestsBindsItToItsSlots() throws Exception {
        rig.catalog.with(EditedCatalog.openAi("main", "a", new Capacity.Slots(8)));
        rig.router.on("a", answers(SECOND, "Hello"));

        rig.dispatch();

        assertThat(times().shape())
                .isEqualTo(new CallTimes.Shape.Streamed(
                        Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(150)));
    }

    @Test
    void aWholeAnswerHasHalfAMinuteLessThanItsAttempt() throws Exception {
        everywhere(answers(SECOND, "Hello"));

        rig.wish(Job.Wish.WHOLE).dispatch();

        assertThat(times().shape()).isEqualTo(new CallTimes.Shape.Whole(Duration.ofMinutes(2)));
    }

    @Test
    void aShortAttemptLosesAFifthOfItselfToTheMargin() throws Exception {
        everywhere(answers(SECOND, "Hello"));
        rig.catalog.with(pool(seconds(5, 5, 20, 60, 5)));

        rig.wish(Job.Wish.WHOLE).dispatch();

        assertThat(times().shape()).isEqualTo(new CallTimes.Shape.Whole(Duration.ofSeconds(16)));
    }

    @Test
    void timeThatTheTakeOfASlotCostIsMissingForTheFirstByte() throws Exception {
        everywhere(answers(SECOND, "Hello"));

        rig.through(new SlowTable(rig.rows, rig.time, SECOND.multipliedBy(2))).dispatch();

        assertThat(times().connect()).hasSeconds(3);
    }

    @Test
    void aTargetOfAFallbackPoolHasItsOwnPoolsTimes() throws Exception {
        rig.catalog.targets("a");
        rig.occupy("a", Duration.ZERO);
        rig.catalog
                .with(EditedCatalog.pool("spare", seconds(7, 8, 90, 200, 0)))
                .with(EditedCatalog.target("spare", "b"));
        rig.router.on("b", answers(SECOND, "Hello"));

        rig.dispatch();

        assertThat(times().shape())
                .isEqualTo(new CallTimes.Shape.Streamed(
                        Duration.ofSeconds(7), Duration.ofSeconds(8), Duration.ofSeconds(90)));
    }

    private void everywhere(AttemptScript script) {
        rig.catalog.targets(MANY.toArray(String[]::new));
        MANY.forEach(name -> rig.router.on(name, script));
    }

    private static Pool pool(PoolTimes times) {
        return EditedCatalog.pool("main", times);
    }

    private static PoolTimes seconds(int firstToken, int idle, int attempt, int total, int queue) {
        return new PoolTimes(
                Duration.ofSeconds(firstToken),
                Duration.ofSeconds(idle),
                Duration.ofSeconds(attempt),
                Duration.ofSeconds(total),
                Duration.ofSeconds(queue));
    }

    private CallTimes times() {
        return rig.router.calls().getFirst().times();
    }

    /** When attempts began, in seconds since the start. */
    private List<Long> begins() {
        return rig.router.calls().stream()
                .map(call ->
                        Duration.between(VirtualTime.START, call.openedAt()).toSeconds())
                .toList();
    }
}
