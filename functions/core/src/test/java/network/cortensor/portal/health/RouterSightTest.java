package network.cortensor.portal.health;

import static network.cortensor.portal.health.HealthExample.NOON;
import static network.cortensor.portal.health.HealthExample.TARGET;
import static network.cortensor.portal.health.HealthExample.noonPlus;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import network.cortensor.portal.health.RouterSight.Seen;
import network.cortensor.portal.health.RouterSight.SessionSeen;
import network.cortensor.portal.health.RouterSight.SessionSeen.Activity;
import network.cortensor.portal.health.RouterSight.Silent;
import network.cortensor.portal.health.RouterSight.Unreadable;
import network.cortensor.portal.model.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RouterSightTest {
    private static final OptionalInt UNSAID = OptionalInt.empty();
    private static final RouterSight SILENT = new Silent("not_sent_connect");
    private static final RouterSight UNREADABLE = new Unreadable("http_404");
    private static final RouterSight WELL = listing(active(2));

    static Stream<Arguments> sights() {
        Target over = HealthExample.endingAt(NOON);
        Target soon = HealthExample.endingAt(NOON.plusMillis(1));
        Target withinADay = HealthExample.endingAt(noonPlus(Duration.ofDays(1)));
        Target later = HealthExample.endingAt(noonPlus(Duration.ofDays(1)).plusMillis(1));
        return Stream.of(
                row("nobody answers", SILENT, TARGET, Liveness.ROUTER_DOWN),
                row("nobody answers, and the session is over", SILENT, over, Liveness.ROUTER_DOWN),
                row("unreadable", UNREADABLE, TARGET, Liveness.UNREADABLE),
                row("unreadable, and the session is over", UNREADABLE, over, Liveness.EXPIRED),
                row("unreadable, and the session ends soon", UNREADABLE, soon, Liveness.UNREADABLE),
                row("listed and active", WELL, TARGET, Liveness.ALIVE),
                row("active, and over by the catalog", WELL, over, Liveness.EXPIRED),
                row("active, and over in a moment", WELL, soon, Liveness.EXPIRES_SOON),
                row("active, and over in a day", WELL, withinADay, Liveness.EXPIRES_SOON),
                row("active, and over in more than a day", WELL, later, Liveness.ALIVE),
                row(
                        "inactive",
                        listing(new SessionSeen(Activity.INACTIVE, OptionalInt.of(2))),
                        TARGET,
                        Liveness.SESSION_INACTIVE),
                row(
                        "inactive without miners",
                        listing(new SessionSeen(Activity.INACTIVE, OptionalInt.of(0))),
                        TARGET,
                        Liveness.SESSION_INACTIVE),
                row(
                        "inactive, and over in a moment",
                        listing(new SessionSeen(Activity.INACTIVE, UNSAID)),
                        soon,
                        Liveness.SESSION_INACTIVE),
                row(
                        "not listed",
                        new Seen(OptionalInt.of(3), Optional.of(Map.of("7", active(2)))),
                        TARGET,
                        Liveness.SESSION_MISSING),
                row(
                        "nothing listed",
                        new Seen(OptionalInt.of(3), Optional.of(Map.of())),
                        TARGET,
                        Liveness.SESSION_MISSING),
                row("active without miners", listing(active(0)), TARGET, Liveness.NO_MINERS),
                row(
                        "no list, and no miners at all",
                        new Seen(OptionalInt.of(0), Optional.empty()),
                        TARGET,
                        Liveness.NO_MINERS),
                row("no list, and miners", new Seen(OptionalInt.of(1), Optional.empty()), TARGET, Liveness.ALIVE),
                row("no list, and no word of miners", new Seen(UNSAID, Optional.empty()), TARGET, Liveness.ALIVE),
                row(
                        "the session has miners where the router has none",
                        new Seen(OptionalInt.of(0), Optional.of(Map.of("1", active(2)))),
                        TARGET,
                        Liveness.ALIVE),
                row(
                        "the session does not say, and the router has none",
                        new Seen(OptionalInt.of(0), Optional.of(Map.of("1", new SessionSeen(Activity.ACTIVE, UNSAID)))),
                        TARGET,
                        Liveness.NO_MINERS));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("sights")
    void aLookMeansForATarget(String ignored, RouterSight sight, Target target, Liveness expected) {
        assertThat(sight.liveness(target, NOON)).isEqualTo(expected);
    }

    private static SessionSeen active(int miners) {
        return new SessionSeen(Activity.ACTIVE, OptionalInt.of(miners));
    }

    private static RouterSight listing(SessionSeen session) {
        return new Seen(OptionalInt.of(3), Optional.of(Map.of("1", session)));
    }

    private static Arguments row(String name, RouterSight sight, Target target, Liveness expected) {
        return Arguments.of(name, sight, target, expected);
    }
}
