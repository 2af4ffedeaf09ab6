package network.cortensor.portal.prober;

import static network.cortensor.portal.prober.ProberFixture.served;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.RouterSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What ticks say of sessions that somebody else uses. */
class ForeignSessionsTest {
    private final ProberFixture fixture = new ProberFixture();
    private final HttpClient stranger = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        stranger.shutdownNow();
        fixture.close();
    }

    @Test
    void aSessionThatWorksWhileOurSlotsAreFreeIsForeign() {
        RouterSimulator router = fixture.router(1, 2);
        Target used = has(router, 1);
        has(router, 2);
        strangerAsks(router, 1);

        fixture.tick();

        assertThat(foreign(lastTick())).isEqualTo(used.session().router() + "/1");
        assertThat(count(lastTick())).isEqualTo(1);
        assertThat(fixture.lines("foreign_session"))
                .singleElement()
                .satisfies(line -> assertThat(line.keys())
                        .containsEntry("target", used.id().name())
                        .containsEntry("why", "tasks"));
    }

    @Test
    void aSessionThatWorksInASlotOfOursIsNot() {
        RouterSimulator router = fixture.router(1);
        Target ours = has(router, 1);
        fixture.take(ours);
        strangerAsks(router, 1);

        fixture.tick();

        nothingIsForeign();
    }

    @Test
    void whatNobodyUsesIsNotForeignAndCostsNoSecondLook() {
        RouterSimulator router = fixture.router(1, 2);
        has(router, 1);
        has(router, 2);

        fixture.tick();

        nothingIsForeign();
        assertThat(router.connections()).as("/status and /sessions").isEqualTo(2);
    }

    @Test
    void theSessionWhoseOwnerDiffersFromMostOnItsRouterIsForeign() {
        RouterSimulator router = fixture.router(1, 2, 3);
        router.session(3).set(ProberFixture.QUICK.withOwner("0xbad"));
        has(router, 1);
        has(router, 2);
        Target bought = has(router, 3);

        fixture.tick();

        assertThat(foreign(lastTick())).isEqualTo(bought.session().router() + "/3");
        assertThat(fixture.lines("foreign_session"))
                .singleElement()
                .satisfies(line -> assertThat(line.keys()).containsEntry("why", "owner"));
    }

    @Test
    void twoSessionsOfTwoOwnersAccuseNobody() {
        RouterSimulator router = fixture.router(1, 2);
        router.session(2).set(ProberFixture.QUICK.withOwner("0xbad"));
        has(router, 1);
        has(router, 2);

        fixture.tick();

        nothingIsForeign();
    }

    @Test
    void ownersAreComparedOnOneRouterOnly() {
        RouterSimulator router = fixture.router(1, 2);
        RouterSimulator other = fixture.router(3);
        other.session(3).set(ProberFixture.QUICK.withOwner("0xother"));
        has(router, 1);
        has(router, 2);
        has(other, 3);

        fixture.tick();

        nothingIsForeign();
    }

    /** Served lately, so that no deep probe is due. */
    private Target has(RouterSimulator router, long session) {
        Target target = fixture.has("oss-20b", router, session);
        fixture.knows(target, served());
        return target;
    }

    private void nothingIsForeign() {
        assertThat(lastTick().keys()).doesNotContainKey("foreign_sessions");
        assertThat(count(lastTick())).isZero();
        assertThat(fixture.lines("foreign_session")).isEmpty();
    }

    /** Returns when the session works on it, for far longer than the test lasts. */
    private void strangerAsks(RouterSimulator router, long session) {
        router.session(session).set(ProberFixture.QUICK.withFault(Fault.HANG).withHang(Duration.ofMinutes(10)));
        var _ = stranger.sendAsync(
                HttpRequest.newBuilder(router.url().resolve("/api/v2/completions"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"session_id\":" + session
                                + ",\"prompt\":\"one two\",\"prompt_type\":1,\"stream\":false,\"timeout\":600}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        while (router.session(session).counts().inFlight() == 0) {
            Thread.onSpinWait();
        }
    }

    private Line lastTick() {
        return fixture.lines("tick").getLast();
    }

    private static Object foreign(Line tick) {
        return tick.keys().getOrDefault("foreign_sessions", "");
    }

    private static double count(Line tick) {
        return tick.metrics().getOrDefault(Metric.FOREIGN_SESSIONS, -1.0);
    }
}
