package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.FAILED;
import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.POOL;
import static network.cortensor.portal.health.HealthExample.PROBE_FAILED;
import static network.cortensor.portal.health.HealthExample.PROBE_PASSED;
import static network.cortensor.portal.health.HealthExample.SERVED;
import static network.cortensor.portal.health.HealthExample.TARGET;
import static network.cortensor.portal.health.HealthExample.after;
import static network.cortensor.portal.health.HealthExample.noonPlus;
import static network.cortensor.portal.health.HealthExample.noonPlusSeconds;
import static network.cortensor.portal.health.HealthExample.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.health.ProbePlan.Candidate;
import network.cortensor.portal.health.ProbePlan.PoolCandidates;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProbePlanTest {
    private static final Target SPARE = target(99, "r9");

    static Stream<Arguments> needs() {
        return Stream.of(
                Arguments.of("never seen", health(), true),
                Arguments.of("served a moment ago", health(SERVED), false),
                Arguments.of("served, then failed twice", health(SERVED, FAILED, FAILED), false),
                Arguments.of("never worked, failed twice", health(FAILED, FAILED), true),
                Arguments.of("ejected", health(SERVED, FAILED, FAILED, FAILED), true),
                Arguments.of("ejected, with one pass", health(SERVED, FAILED, FAILED, FAILED, PROBE_PASSED), true),
                Arguments.of(
                        "has passed and waits for its time",
                        health(FAILED, FAILED, FAILED, PROBE_PASSED, PROBE_PASSED),
                        false));
    }

    @ParameterizedTest(name = "{0}: probed = {2}")
    @MethodSource("needs")
    void onlyWhoNeedsItIsProbed(String ignored, TargetHealth health, boolean probed) {
        assertThat(plan(NOON, new Candidate(TARGET, health, Liveness.ALIVE, 0)).contains(TARGET))
                .isEqualTo(probed);
    }

    @ParameterizedTest(name = "probed {0} ago: {1}")
    @CsvSource({"PT29M, false", "PT30M, true"})
    void aBusyTargetIsAskedWhatBecomesOfSpecialTokensTwiceAnHour(Duration ago, boolean probed) {
        TargetHealth busy = after(after(health(), NOON.minus(ago), PROBE_PASSED), NOON, SERVED);
        Candidate spare = candidate(SPARE, after(TargetHealth.none(SPARE.session()), NOON, SERVED));

        assertThat(probedOf(new Candidate(TARGET, busy, Liveness.ALIVE, 0, true), spare))
                .isEqualTo(probed ? List.of(TARGET) : List.of());
        assertThat(probedOf(new Candidate(TARGET, busy, Liveness.ALIVE, 0, false), spare))
                .isEmpty();
    }

    private static List<Target> probedOf(Candidate... candidates) {
        return ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(candidates))), 10, NOON);
    }

    @Test
    void aRouterGetsAFewProbesAtATime() {
        List<Candidate> ejected = Stream.concat(
                        IntStream.range(0, ProbePlan.PER_ROUTER + 5).mapToObj(session -> target(session, "r1")),
                        IntStream.range(0, 3).mapToObj(session -> target(session, "r2")))
                .map(target -> new Candidate(target, ejected(target), Liveness.ALIVE, 0))
                .toList();
        List<Target> plan = ProbePlan.of(
                List.of(new PoolCandidates(
                        POOL,
                        Stream.concat(ejected.stream(), Stream.of(spare())).toList())),
                100,
                NOON);

        assertThat(plan.stream().map(target -> target.session().router()))
                .hasSize(ProbePlan.PER_ROUTER + 3)
                .filteredOn("r1:5010"::equals)
                .hasSize(ProbePlan.PER_ROUTER);
    }

    private static TargetHealth ejected(Target target) {
        return after(TargetHealth.none(target.session()), NOON, FAILED, FAILED, FAILED);
    }

    @Test
    void aSuccessIsGoodForHalfAnHour() {
        Candidate served = new Candidate(TARGET, health(SERVED), Liveness.ALIVE, 0);

        assertThat(plan(noonPlus(Duration.ofMinutes(30)).minusNanos(1), served)).doesNotContain(TARGET);
        assertThat(plan(noonPlus(Duration.ofMinutes(30)), served)).contains(TARGET);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Liveness.class)
    void onlyADownRouterIsNotWorthAProbe(Liveness liveness) {
        assertThat(plan(NOON, new Candidate(TARGET, health(), liveness, 0)).contains(TARGET))
                .isEqualTo(liveness != Liveness.ROUTER_DOWN);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(State.class)
    void onlyWhatTakesRequestsIsProbed(State state) {
        Candidate byTarget = new Candidate(target(state), health(), Liveness.ALIVE, 0);
        Candidate live = new Candidate(TARGET, health(), Liveness.ALIVE, 0);
        Pool pool = new Pool(POOL.name(), state, POOL.times(), 3, POOL.streaming());

        assertThat(!plan(NOON, byTarget).isEmpty()).isEqualTo(state.takesRequests());
        assertThat(!ProbePlan.of(List.of(new PoolCandidates(pool, List.of(live, spare()))), 10, NOON)
                        .isEmpty())
                .isEqualTo(state.takesRequests());
    }

    @Test
    void aSessionThatEndsBeforeAProbeCouldIsLeftAlone() {
        Duration attempt = POOL.times().attempt();

        assertThat(plan(NOON, new Candidate(HealthExample.endingAt(NOON.plus(attempt)), health(), Liveness.ALIVE, 0)))
                .isEmpty();
        assertThat(plan(
                        NOON,
                        new Candidate(
                                HealthExample.endingAt(NOON.plus(attempt).plusMillis(1)), health(), Liveness.ALIVE, 0)))
                .hasSize(1);
    }

    @Test
    void aTargetWithoutAFreeSlotIsNotProbed() {
        assertThat(plan(NOON, new Candidate(TARGET, health(FAILED, FAILED, FAILED), Liveness.ALIVE, 1)))
                .isEmpty();
    }

    @Test
    void thePoolsLastFreeSlotIsTheCustomers() {
        Candidate idle = new Candidate(TARGET, health(), Liveness.ALIVE, 0);
        Candidate busy = new Candidate(SPARE, health(SERVED), Liveness.ALIVE, 1);

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(idle, busy))), 10, NOON))
                .isEmpty();
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(idle))), 10, NOON))
                .isEmpty();
    }

    @Test
    void anEjectedTargetIsProbedEvenIfItIsAllThatItsPoolHas() {
        Candidate ejected = new Candidate(TARGET, health(FAILED, FAILED, FAILED), Liveness.ALIVE, 0);
        PoolCandidates pool = new PoolCandidates(POOL, List.of(ejected));

        assertThat(ProbePlan.of(List.of(pool), 10, NOON)).containsExactly(TARGET);
        assertThat(pool.canSpare(TARGET.id(), NOON)).isTrue();
    }

    @Test
    void aPoolThatFailsOpenKeepsOneSlotForItsCustomersIfItHasSeveral() {
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, ejected(4))), 10, NOON))
                .hasSize(3);
    }

    @Test
    void theSlotOfAnEjectedTargetIsNobodysLast() {
        Candidate ejected = new Candidate(TARGET, health(FAILED, FAILED, FAILED), Liveness.ALIVE, 0);
        Candidate busy = new Candidate(SPARE, health(SERVED), Liveness.ALIVE, 1);

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(ejected, busy))), 10, NOON))
                .containsExactly(TARGET);
    }

    @Test
    void theSlotOfATargetWithoutWeightIsNobodysLast() {
        Candidate weightless = new Candidate(HealthExample.weighing(0), health(), Liveness.ALIVE, 0);
        Candidate busy = new Candidate(SPARE, health(SERVED), Liveness.ALIVE, 1);

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(weightless, busy))), 10, NOON))
                .hasSize(1);
    }

    @Test
    void aServerWithoutSlotsAlwaysHasRoom() {
        Candidate openAi = new Candidate(HealthExample.unlimited(), health(), Liveness.ALIVE, 0);

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(openAi))), 10, NOON))
                .hasSize(1);
    }

    @Test
    void oneSlotStaysFreeHoweverManyAreIdle() {
        List<Candidate> hundred = idle(100);
        List<Candidate> almostFull = new ArrayList<>();
        for (Candidate candidate : hundred) {
            int taken = almostFull.size() < 97 ? 1 : 0;
            almostFull.add(new Candidate(candidate.target(), candidate.health(), Liveness.ALIVE, taken));
        }

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, hundred)), 50, NOON))
                .hasSize(5);
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, almostFull)), 50, NOON))
                .hasSize(2);
    }

    @Test
    void idleTargetsAreProbedAFewAtATime() {
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, idle(15))), 50, NOON))
                .hasSize(1);
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, idle(20))), 50, NOON))
                .hasSize(1);
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, idle(21))), 50, NOON))
                .hasSize(2);
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, idle(1000))), 999, NOON))
                .hasSize(50);
    }

    @Test
    void allEjectedTargetsAreProbedAtOnceUpToTheTicksLimit() {
        List<Candidate> candidates = new ArrayList<>(ejected(30));
        candidates.add(spare());

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, candidates)), 50, NOON))
                .hasSize(30);
        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, candidates)), 7, NOON))
                .hasSize(7);
    }

    @Test
    void whoHadNoProbeForLongestComesFirst() {
        Candidate early = candidate(target(1, "r1"), after(ejected(target(1, "r1")), noonPlusSeconds(1), PROBE_FAILED));
        Candidate late = candidate(target(2, "r1"), after(ejected(target(2, "r1")), noonPlusSeconds(9), PROBE_FAILED));
        Candidate never = candidate(target(3, "r1"), ejected(target(3, "r1")));
        PoolCandidates pool = new PoolCandidates(POOL, List.of(late, early, never, spare()));

        assertThat(ProbePlan.of(List.of(pool), 10, noonPlusSeconds(60)))
                .containsExactly(never.target(), early.target(), late.target());
    }

    @Test
    void idleTargetsTakeNoTurnOfTheEjectedBeyondTheirShare() {
        List<Candidate> candidates = new ArrayList<>(idle(40));
        candidates.addAll(ejected(10));
        candidates.add(spare());

        assertThat(ProbePlan.of(List.of(new PoolCandidates(POOL, candidates)), 50, NOON))
                .hasSize(3 + 10);
    }

    private static List<Target> plan(Instant now, Candidate candidate) {
        return ProbePlan.of(List.of(new PoolCandidates(POOL, List.of(candidate, spare()))), 10, now).stream()
                .filter(target -> !target.equals(SPARE))
                .toList();
    }

    /** In rotation, free, and in no need of a probe within the hour. */
    private static Candidate spare() {
        return candidate(SPARE, after(TargetHealth.none(SPARE.session()), noonPlus(Duration.ofMinutes(30)), SERVED));
    }

    private static List<Candidate> idle(int count) {
        return IntStream.range(100, 100 + count)
                .mapToObj(ProbePlanTest::onOneOfMany)
                .map(target -> candidate(target, TargetHealth.none(target.session())))
                .toList();
    }

    private static List<Candidate> ejected(int count) {
        return IntStream.range(2000, 2000 + count)
                .mapToObj(ProbePlanTest::onOneOfMany)
                .map(target -> candidate(target, ejected(target)))
                .toList();
    }

    private static Target onOneOfMany(int session) {
        return target(session, "r" + session % 50);
    }

    private static Candidate candidate(Target target, TargetHealth health) {
        return new Candidate(target, health, Liveness.ALIVE, 0);
    }

    private static TargetHealth health(Observation... seen) {
        return after(HealthExample.nothingKnown(), NOON, seen);
    }
}
