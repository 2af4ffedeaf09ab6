package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.ALIVE;
import static network.cortensor.portal.health.HealthExample.DOWN;
import static network.cortensor.portal.health.HealthExample.FAILED;
import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.PROBE_FAILED;
import static network.cortensor.portal.health.HealthExample.PROBE_PASSED;
import static network.cortensor.portal.health.HealthExample.SERVED;
import static network.cortensor.portal.health.HealthExample.after;
import static network.cortensor.portal.health.HealthExample.noonPlus;
import static network.cortensor.portal.health.HealthExample.noonPlusSeconds;
import static network.cortensor.portal.health.HealthExample.nothingKnown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import network.cortensor.portal.health.TargetHealth.FailureSeen;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.SpecialTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HealthFoldTest {
    private static final Observation MISSING = new Observation.Looked(Liveness.SESSION_MISSING);
    private static final Observation INACTIVE = new Observation.Looked(Liveness.SESSION_INACTIVE);
    private static final TargetHealth EJECTED = after(nothingKnown(), NOON, FAILED, FAILED, FAILED);

    static Stream<Arguments> sequences() {
        return Stream.of(
                row("nothing", Standing.UNKNOWN),
                row("a served request", Standing.GOOD, SERVED),
                row("a passed probe", Standing.GOOD, PROBE_PASSED),
                row("mere liveness", Standing.UNKNOWN, ALIVE, ALIVE, ALIVE),
                row("a failure after a success", Standing.UNKNOWN, SERVED, FAILED),
                row("a bad look after a success", Standing.UNKNOWN, SERVED, DOWN),
                row("a bad look that is over", Standing.GOOD, SERVED, DOWN, ALIVE),
                row("two failures", Standing.UNKNOWN, FAILED, FAILED),
                row("three failed requests", Standing.EJECTED, FAILED, FAILED, FAILED),
                row("three failed probes", Standing.EJECTED, PROBE_FAILED, PROBE_FAILED, PROBE_FAILED),
                row("three bad looks", Standing.EJECTED, DOWN, DOWN, DOWN),
                row("three of each kind", Standing.EJECTED, FAILED, PROBE_FAILED, DOWN),
                row("a success between failures", Standing.UNKNOWN, FAILED, FAILED, SERVED, FAILED, FAILED),
                row("a good look between failures", Standing.EJECTED, FAILED, ALIVE, FAILED, ALIVE, FAILED),
                row("a good look between bad looks", Standing.UNKNOWN, DOWN, DOWN, ALIVE, DOWN, DOWN),
                row("a success between bad looks", Standing.UNKNOWN, DOWN, DOWN, SERVED, DOWN, DOWN));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sequences")
    void standingFollowsFromWhatWasSeen(String ignored, Standing expected, List<Observation> seen) {
        assertThat(after(nothingKnown(), NOON, seen).standing(NOON)).isEqualTo(expected);
    }

    @Test
    void aSuccessIsForgottenAfterAnHour() {
        TargetHealth served = after(nothingKnown(), NOON, SERVED);

        assertThat(served.standing(noonPlus(Duration.ofMinutes(59)))).isEqualTo(Standing.GOOD);
        assertThat(served.standing(noonPlus(Duration.ofMinutes(60)))).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void aRouterThatIsDownForMonthsIsNotedOnceADaySoThatItsEvidenceDoesNotExpire() {
        TargetHealth down = after(nothingKnown(), NOON, DOWN, DOWN, DOWN);
        int written = 0;
        for (int minute = 1; minute <= Duration.ofDays(3).toMinutes(); minute++) {
            TargetHealth looked = after(down, noonPlus(Duration.ofMinutes(minute)), DOWN);
            written += looked.equals(down) ? 0 : 1;
            down = looked;
        }

        assertThat(written).isEqualTo(3);
        assertThat(down.latest().failure().map(FailureSeen::at)).contains(noonPlus(Duration.ofDays(3)));
        assertThat(down.liveness().map(LastLiveness::since)).contains(NOON);
    }

    @Test
    void onePassDoesNotEndAnEjection() {
        TargetHealth passed = after(EJECTED, noonPlusSeconds(40), PROBE_PASSED);

        assertThat(passed.standing(noonPlus(Duration.ofDays(1)))).isEqualTo(Standing.EJECTED);
    }

    @Test
    void twoPassesEndAnEjectionWhoseTimeIsOver() {
        Instant later = noonPlusSeconds(40);

        assertThat(after(EJECTED, later, PROBE_PASSED, SERVED).standing(later)).isEqualTo(Standing.GOOD);
    }

    @Test
    void passesThatComeEarlyEndAnEjectionWhenItsTimeIsOver() {
        TargetHealth early = after(EJECTED, noonPlusSeconds(10), PROBE_PASSED, PROBE_PASSED);

        assertThat(early.standing(noonPlusSeconds(29))).isEqualTo(Standing.EJECTED);
        assertThat(early.standing(noonPlusSeconds(30))).isEqualTo(Standing.GOOD);
    }

    @Test
    void aFailureBeforeTheTimeIsOverAsksForTwoPassesAnew() {
        TargetHealth stumbled = after(EJECTED, noonPlusSeconds(10), PROBE_PASSED, PROBE_PASSED, FAILED);

        assertThat(stumbled.standing(noonPlusSeconds(31))).isEqualTo(Standing.EJECTED);
        assertThat(after(stumbled, noonPlusSeconds(31), SERVED).standing(noonPlusSeconds(31)))
                .isEqualTo(Standing.EJECTED);
        assertThat(after(stumbled, noonPlusSeconds(31), SERVED, SERVED).standing(noonPlusSeconds(31)))
                .isEqualTo(Standing.GOOD);
        assertThat(after(stumbled, noonPlusSeconds(31), SERVED, SERVED).rotation())
                .isEqualTo(new Rotation.Returned(1, noonPlusSeconds(31)));
    }

    @Test
    void aFailureAfterTheReturnDoesNotEjectByItself() {
        Instant later = noonPlusSeconds(40);

        assertThat(after(EJECTED, later, SERVED, SERVED, FAILED, FAILED).standing(later))
                .isEqualTo(Standing.UNKNOWN);
        assertThat(after(EJECTED, later, SERVED, SERVED, FAILED, FAILED, FAILED).standing(later))
                .isEqualTo(Standing.EJECTED);
    }

    @Test
    void aFailureBetweenTwoPassesDoesNotReturn() {
        Instant later = noonPlusSeconds(40);

        assertThat(after(EJECTED, later, SERVED, FAILED, SERVED).standing(later))
                .isEqualTo(Standing.EJECTED);
    }

    @Test
    void aBadLookBetweenTwoPassesDoesNotReturn() {
        Instant later = noonPlusSeconds(40);

        assertThat(after(EJECTED, later, SERVED, DOWN, SERVED).standing(later)).isEqualTo(Standing.EJECTED);
    }

    @Test
    void livenessNeverReturnsAnEjectedTarget() {
        TargetHealth alive = after(EJECTED, noonPlus(Duration.ofMinutes(10)), ALIVE, ALIVE, ALIVE, ALIVE);

        assertThat(alive.standing(noonPlus(Duration.ofDays(1)))).isEqualTo(Standing.EJECTED);
    }

    @Test
    void ejectionsGrowByThirtySecondsUpToFiveMinutes() {
        TargetHealth health = nothingKnown();
        Instant at = NOON;
        for (long expected : new long[] {30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300}) {
            health = after(health, at, FAILED, FAILED, FAILED);
            assertThat(health.rotation()).isInstanceOf(Rotation.Ejected.class);
            Instant until = ((Rotation.Ejected) health.rotation()).until();
            assertThat(Duration.between(at, until)).isEqualTo(Duration.ofSeconds(expected));
            at = until;
            health = after(health, at, SERVED, SERVED);
        }
    }

    @Test
    void ejectionsAreCountedFromOne() {
        assertThatThrownBy(() -> new Rotation.Ejected(0, NOON)).hasMessageStartingWith("count: 0 (expected: ");
        assertThatThrownBy(() -> new Rotation.Returned(0, NOON)).hasMessageStartingWith("count: 0 (expected: ");
    }

    @Test
    void moreFailuresDoNotProlongAnEjection() {
        TargetHealth failing = after(EJECTED, noonPlusSeconds(20), FAILED, FAILED, FAILED, DOWN, PROBE_FAILED);

        assertThat(failing.rotation()).isEqualTo(EJECTED.rotation());
    }

    @Test
    void anEjectionAfterAnHourInRotationIsAFirstOneAgain() {
        TargetHealth returned = after(EJECTED, noonPlusSeconds(40), SERVED, SERVED);
        Instant soon = noonPlusSeconds(40).plus(Duration.ofMinutes(59));
        Instant late = noonPlusSeconds(40).plus(Duration.ofMinutes(60));

        assertThat(after(returned, soon, FAILED, FAILED, FAILED).rotation())
                .isEqualTo(new Rotation.Ejected(2, soon.plusSeconds(60)));
        assertThat(after(returned, late, FAILED, FAILED, FAILED).rotation())
                .isEqualTo(new Rotation.Ejected(1, late.plusSeconds(30)));
    }

    @Test
    void aLongEjectionIsNotForgivenForItsLength() {
        Instant nextDay = noonPlus(Duration.ofDays(1));
        TargetHealth returned = after(EJECTED, nextDay, SERVED, SERVED);

        assertThat(after(returned, nextDay.plusSeconds(60), FAILED, FAILED, FAILED)
                        .rotation())
                .isEqualTo(new Rotation.Ejected(2, nextDay.plusSeconds(120)));
    }

    @Test
    void aCustomersOwnMistakeSaysNothing() {
        TargetHealth health = after(nothingKnown(), NOON, SERVED);

        assertThat(after(health, NOON, new Observation.Failed(new Failure.RequestRejected(400))))
                .isSameAs(health);
    }

    @Test
    void aProbeThatIsRefusedAsWrongCounts() {
        Observation rejected = new Observation.ProbeFailed(new Failure.RequestRejected(400));

        assertThat(after(nothingKnown(), NOON, rejected).failuresInRow()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Liveness.class,
            names = {"UNREADABLE", "EXPIRED", "EXPIRES_SOON", "ALIVE"})
    void aLookThatSaysNothingBadNeverEjects(Liveness liveness) {
        Observation look = new Observation.Looked(liveness);

        assertThat(after(nothingKnown(), NOON, look, look, look, look).standing(NOON))
                .isEqualTo(Standing.UNKNOWN);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Liveness.class,
            names = {"SESSION_MISSING", "SESSION_INACTIVE", "NO_MINERS"})
    void aClaimThatAPassDisprovedDoesNotCountAgain(Liveness claim) {
        Observation look = new Observation.Looked(claim);
        TargetHealth ejected = after(nothingKnown(), NOON, look, look, look);
        Instant later = noonPlusSeconds(60);

        assertThat(ejected.standing(later)).isEqualTo(Standing.EJECTED);
        assertThat(after(ejected, later, PROBE_PASSED, look, PROBE_PASSED, look, look, look)
                        .standing(later))
                .isEqualTo(Standing.GOOD);
    }

    @Test
    void aDisprovedClaimCountsAgainOnceLivenessHasSaidSomethingElse() {
        TargetHealth disproved = after(nothingKnown(), NOON, MISSING, SERVED);

        assertThat(after(disproved, NOON, MISSING, MISSING, MISSING).standing(NOON))
                .isEqualTo(Standing.GOOD);
        assertThat(after(disproved, NOON, INACTIVE, MISSING, MISSING).standing(NOON))
                .isEqualTo(Standing.EJECTED);
        assertThat(after(disproved, NOON, ALIVE, MISSING, MISSING, MISSING).standing(NOON))
                .isEqualTo(Standing.EJECTED);
    }

    @Test
    void anAnswerThatComesLateDoesNotMakeADeadRouterAlive() {
        assertThat(after(nothingKnown(), NOON, DOWN, SERVED, DOWN, DOWN, DOWN).standing(NOON))
                .isEqualTo(Standing.EJECTED);
    }

    @Test
    void lookingAtADeadRouterAgainChangesNothing() {
        TargetHealth dead = after(nothingKnown(), NOON, DOWN, DOWN, DOWN);

        assertThat(after(dead, noonPlusSeconds(60), DOWN)).isEqualTo(dead);
    }

    @Test
    void lookingAtALivingRouterAgainChangesNothing() {
        TargetHealth alive = after(nothingKnown(), NOON, SERVED, ALIVE);

        assertThat(after(alive, noonPlusSeconds(60), ALIVE)).isSameAs(alive);
    }

    @Test
    void livenessRemembersSinceWhenItIsSo() {
        TargetHealth health = after(after(nothingKnown(), NOON, DOWN), noonPlusSeconds(60), DOWN);

        assertThat(health.liveness()).contains(new LastLiveness(Liveness.ROUTER_DOWN, NOON, 2, false));
        assertThat(after(health, noonPlusSeconds(120), ALIVE).liveness())
                .contains(new LastLiveness(Liveness.ALIVE, noonPlusSeconds(120), 0, false));
    }

    @Test
    void whatHappenedLastIsRemembered() {
        TargetHealth health = after(nothingKnown(), NOON, SERVED);
        health = after(health, noonPlusSeconds(1), PROBE_FAILED);
        health = after(health, noonPlusSeconds(2), MISSING);

        assertThat(health.latest().success()).contains(NOON);
        assertThat(health.latest().deepProbe()).contains(noonPlusSeconds(1));
        assertThat(health.latest().failure()).contains(new FailureSeen("session_missing", noonPlusSeconds(2)));
        assertThat(after(health, noonPlusSeconds(3), FAILED).latest().failure())
                .contains(new FailureSeen("router_error", noonPlusSeconds(3)));
        assertThat(after(health, noonPlusSeconds(4), PROBE_PASSED).latest().deepProbe())
                .contains(noonPlusSeconds(4));
    }

    @Test
    void theFirstTokenIsAMovingAverage() {
        TargetHealth first = after(nothingKnown(), NOON, new Observation.Served(Optional.of(Duration.ofSeconds(10))));
        TargetHealth second = after(first, NOON, new Observation.ProbePassed(Duration.ofSeconds(20)));
        TargetHealth third = after(second, NOON, new Observation.Served(Optional.empty()));

        assertThat(first.firstToken()).contains(Duration.ofSeconds(10));
        assertThat(second.firstToken()).contains(Duration.ofSeconds(12));
        assertThat(third.firstToken()).contains(Duration.ofSeconds(12));
    }

    @Test
    void whatAProbeShowsOfSpecialTokensHoldsUntilAnotherShowsOtherwise() {
        TargetHealth kept = after(nothingKnown(), NOON, probeThatSaw(SpecialTokens.KEPT));
        TargetHealth later = after(kept, noonPlusSeconds(60), PROBE_PASSED, PROBE_FAILED, FAILED, SERVED, ALIVE);
        TargetHealth stripped = after(later, noonPlusSeconds(120), probeThatSaw(SpecialTokens.STRIPPED));

        assertThat(nothingKnown().specialTokens()).isEqualTo(SpecialTokens.UNKNOWN);
        assertThat(kept.specialTokens()).isEqualTo(SpecialTokens.KEPT);
        assertThat(later.specialTokens()).isEqualTo(SpecialTokens.KEPT);
        assertThat(stripped.specialTokens()).isEqualTo(SpecialTokens.STRIPPED);
        assertThat(kept.about(new Session("r2:5010", "1")).specialTokens())
                .as("of another session")
                .isEqualTo(SpecialTokens.UNKNOWN);
    }

    private static Observation probeThatSaw(SpecialTokens specialTokens) {
        return new Observation.ProbePassed(Duration.ofSeconds(1), specialTokens);
    }

    @Test
    void drainedRemembersTheFirstTimeAndEndsWithUse() {
        TargetHealth drained = after(nothingKnown(), NOON, new Observation.Drained(NOON));

        assertThat(after(drained, noonPlusSeconds(60), new Observation.Drained(NOON)))
                .isSameAs(drained);
        assertThat(drained.drained()).contains(NOON);
        assertThat(after(drained, NOON, new Observation.InUse()).drained()).isEmpty();
    }

    @Test
    void evidenceAboutAnotherSessionIsNoneAndKeepsItsVersion() {
        Session other = new Session("r2:5010", "9");
        TargetHealth written = EJECTED.written().written();

        TargetHealth moved = written.about(other);

        assertThat(moved.standing(NOON)).isEqualTo(Standing.UNKNOWN);
        assertThat(moved.session()).isEqualTo(other);
        assertThat(moved.version()).isEqualTo(2);
        assertThat(written.about(written.session())).isSameAs(written);
    }

    private static Arguments row(String name, Standing standing, Observation... seen) {
        return Arguments.of(name, standing, List.of(seen));
    }
}
