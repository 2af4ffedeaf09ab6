package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.ALIVE;
import static network.cortensor.portal.health.HealthExample.DOWN;
import static network.cortensor.portal.health.HealthExample.FAILED;
import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.PROBE_FAILED;
import static network.cortensor.portal.health.HealthExample.PROBE_PASSED;
import static network.cortensor.portal.health.HealthExample.SERVED;
import static network.cortensor.portal.health.HealthExample.after;
import static network.cortensor.portal.health.HealthExample.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.health.ProberSoundness.Glimpse;
import network.cortensor.portal.model.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProberSoundnessTest {

    static Stream<Arguments> ticks() {
        return Stream.of(
                Arguments.of("nothing is probed", List.of(), false),
                Arguments.of("all is well", List.of(well("r1"), well("r2")), false),
                Arguments.of("half turns bad", List.of(turns("r1"), turns("r2"), well("r3"), well("r4")), true),
                Arguments.of(
                        "less than half turns bad",
                        List.of(turns("r1"), turns("r2"), well("r3"), well("r4"), well("r5")),
                        false),
                Arguments.of("more than half turns bad", List.of(turns("r1"), turns("r2"), well("r3")), true),
                Arguments.of(
                        "more than half of what looked alive turns bad",
                        List.of(dies("r1"), dies("r2"), well("r3")),
                        true),
                Arguments.of("more than half, on one router", List.of(turns("r1"), turns("r1"), well("r2")), false),
                Arguments.of("all, on one router", List.of(turns("r1"), turns("r1")), false),
                Arguments.of("all, on two routers", List.of(turns("r1"), turns("r2")), true),
                Arguments.of("all stays bad", List.of(staysBad("r1"), staysBad("r2"), staysBad("r3")), false),
                Arguments.of(
                        "the living half of a half dead fleet turns bad",
                        List.of(staysBad("r1"), staysBad("r2"), turns("r3"), turns("r4")),
                        true),
                Arguments.of(
                        "one more dies in a half dead fleet",
                        List.of(staysBad("r1"), staysBad("r2"), turns("r3"), well("r4"), well("r5")),
                        false),
                Arguments.of(
                        "what was ejected is not counted even if it looks alive",
                        List.of(ejectedButAlive("r1"), ejectedButAlive("r2"), turns("r3"), turns("r4")),
                        true),
                Arguments.of("the dead return", List.of(returns("r1"), returns("r2")), false));
    }

    @ParameterizedTest(name = "{0}: frozen = {2}")
    @MethodSource("ticks")
    void aTickIsFrozenWhenMostOfWhatWasWellTurnsBadOnSeveralRouters(
            String ignored, List<Glimpse> tick, boolean frozen) {
        assertThat(ProberSoundness.of(tick).frozen()).isEqualTo(frozen);
    }

    @Test
    void aFrozenTickBelievesWhatIsGoodOnly() {
        ProberSoundness frozen = ProberSoundness.of(List.of(turns("r1"), turns("r2")));

        assertThat(frozen.believes(ALIVE)).isTrue();
        assertThat(frozen.believes(PROBE_PASSED)).isTrue();
        assertThat(frozen.believes(SERVED)).isTrue();
        assertThat(frozen.believes(new Observation.Drained(NOON))).isTrue();
        assertThat(frozen.believes(new Observation.InUse())).isTrue();
        assertThat(frozen.believes(DOWN)).isFalse();
        assertThat(frozen.believes(PROBE_FAILED)).isFalse();
    }

    @Test
    void aSoundTickBelievesEverything() {
        assertThat(ProberSoundness.of(List.of()).believes(DOWN)).isTrue();
    }

    @Test
    void theProbersIllnessIsFrozenForAsLongAsItLasts() {
        List<Glimpse> tick = new ArrayList<>(List.of(turns("r1"), turns("r2"), turns("r3")));

        for (int minute = 0; minute < 10; minute++) {
            ProberSoundness soundness = ProberSoundness.of(tick);
            assertThat(soundness.frozen()).isTrue();
            tick.replaceAll(glimpse -> new Glimpse(
                    glimpse.target(),
                    soundness.believes(DOWN) ? after(glimpse.before(), NOON, DOWN) : glimpse.before(),
                    Liveness.ROUTER_DOWN));
        }
    }

    @Test
    void aFrozenTickSaysHowManyOfHowManyOnWhichRouters() {
        assertThat(ProberSoundness.of(List.of(turns("r1"), turns("r1"), turns("r2"), well("r3"), staysBad("r4"))))
                .isEqualTo(new ProberSoundness(4, 3, 2));
    }

    private static Glimpse well(String router) {
        return new Glimpse(on(router), none(router), Liveness.ALIVE);
    }

    private static Glimpse turns(String router) {
        return new Glimpse(on(router), none(router), Liveness.ROUTER_DOWN);
    }

    private static Glimpse dies(String router) {
        return new Glimpse(on(router), after(none(router), NOON, ALIVE), Liveness.ROUTER_DOWN);
    }

    private static Glimpse staysBad(String router) {
        return new Glimpse(on(router), after(none(router), NOON, DOWN), Liveness.ROUTER_DOWN);
    }

    private static Glimpse returns(String router) {
        return new Glimpse(on(router), after(none(router), NOON, DOWN, DOWN, DOWN), Liveness.ALIVE);
    }

    private static Glimpse ejectedButAlive(String router) {
        return new Glimpse(on(router), after(none(router), NOON, FAILED, FAILED, FAILED), Liveness.ALIVE);
    }

    private static Target on(String router) {
        return target(1, router);
    }

    private static TargetHealth none(String router) {
        return TargetHealth.none(on(router).session());
    }
}
