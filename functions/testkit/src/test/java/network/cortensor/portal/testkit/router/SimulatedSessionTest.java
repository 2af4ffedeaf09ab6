package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import network.cortensor.portal.testkit.SteppedTime;
import network.cortensor.portal.testkit.http.PeerRequest;
import network.cortensor.portal.testkit.http.RawCall;
import network.cortensor.portal.testkit.http.RawCall.Ending;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session does over time: tasks, gates, mix-ups, and the death of its router. Time moves only when a test moves it. */
class SimulatedSessionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SteppedTime time = new SteppedTime();
    private final List<PeerRequest> heard = new CopyOnWriteArrayList<>();
    private final RouterSimulator router = RouterSimulator.start(RouterConfig.DEFAULT
            .withMixup(Mixup.SWAPPED)
            .withSurroundings(SimulatorSurroundings.REAL.withPause(time).withListener(heard::add)));
    private final SimulatedSession session = router.session(168);

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void theFirstTokenTakesTheLatencyAndEachOtherItsShareOfASecond() throws Exception {
        try (Socket socket = RawCall.open(router.url(), CompletionBytes.streamed(168, "one two"))) {
            BufferedReader lines = lines(socket);
            time.awaitWaiting(1);

            time.advance(SessionSettings.DEFAULT.latency());
            assertThat(nextEvent(lines)).contains(" one");
            time.awaitWaiting(1);

            time.advance(Duration.ofMillis(49));
            time.awaitWaiting(1);
            assertThat(socket.getInputStream().available()).isZero();
            time.advance(Duration.ofMillis(1));
            assertThat(nextEvent(lines)).contains(" two");
        }
    }

    @Test
    void aTaskLivesOnWhenItsConnectionIsGone() throws Exception {
        RawCall.open(router.url(), CompletionBytes.whole(168, "one")).close();
        time.awaitWaiting(1);

        assertThat(session.counts().inFlight()).isEqualTo(1);

        time.release();
        session.await(counts -> counts.inFlight() == 0, PATIENCE);
    }

    @Test
    void aHungTaskKeepsTheSessionBusyUntilTheRequestsOwnTimeout() throws Exception {
        session.set(SessionSettings.DEFAULT.withFault(Fault.HANG));
        RawCall.open(router.url(), CompletionBytes.whole(168, "one")).close();
        time.awaitWaiting(1);

        time.advance(Duration.ofSeconds(59));
        time.awaitWaiting(1);
        assertThat(session.counts().inFlight()).isEqualTo(1);

        time.advance(Duration.ofSeconds(1));
        session.await(counts -> counts.inFlight() == 0, PATIENCE);
    }

    @Test
    void aHungTaskKeepsTheSessionBusyForTheTimeThatIsSet() throws Exception {
        session.set(SessionSettings.DEFAULT.withFault(Fault.HANG).withHang(Duration.ofSeconds(2)));
        RawCall.open(router.url(), CompletionBytes.whole(168, "one")).close();
        time.awaitWaiting(1);

        time.advance(Duration.ofSeconds(2));
        session.await(counts -> counts.inFlight() == 0, PATIENCE);
    }

    @Test
    void aResetTaskLivesOn() throws Exception {
        session.set(SessionSettings.DEFAULT.withFault(Fault.RESET));
        try (Socket socket = RawCall.open(router.url(), CompletionBytes.whole(168, "one"))) {
            time.awaitWaiting(1);
            time.advance(SessionSettings.DEFAULT.latency());

            assertThat(RawCall.hear(socket).ending()).isEqualTo(Ending.RESET);

            time.awaitWaiting(1);
            assertThat(session.counts().inFlight()).isEqualTo(1);
        }
    }

    @Test
    void aSessionIsFreeBeforeTheEndOfAnAnswerIsHeard() throws Exception {
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicInteger looks = new AtomicInteger();
        // A session looks at the clock when a task begins and when it ends; the third look is the end's.
        InstantSource clock = () -> {
            if (looks.incrementAndGet() == 3) {
                ending.countDown();
                awaitCalmly(ended);
            }
            return Instant.EPOCH;
        };
        try (RouterSimulator other = RouterSimulator.start(
                        RouterConfig.DEFAULT.withSurroundings(SimulatorSurroundings.INSTANT.withClock(clock)));
                Socket socket = RawCall.open(other.url(), CompletionBytes.whole(168, "one"))) {
            assertThat(ending.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(socket.getInputStream().available()).isZero();

            ended.countDown();

            assertThat(RawCall.hear(socket).body()).endsWith("}}");
        }
    }

    @Test
    void aGateHoldsTheSecondTokenUntilATestLetsItGo() throws Exception {
        Gate gate = session.holdFrom(1);
        try (Socket socket = RawCall.open(router.url(), CompletionBytes.streamed(168, "one two"))) {
            BufferedReader lines = lines(socket);
            time.awaitWaiting(1);
            time.advance(Duration.ofSeconds(1));
            assertThat(nextEvent(lines)).contains(" one");
            time.awaitWaiting(1);
            time.advance(Duration.ofSeconds(1));
            gate.awaitReached(PATIENCE);
            assertThat(socket.getInputStream().available()).isZero();

            gate.open();

            assertThat(nextEvent(lines)).contains(" two");
        }
    }

    @Test
    void twoTasksAtOnceOnASessionAnswerWithSwappedTexts() throws Exception {
        try (Socket first = RawCall.open(router.url(), CompletionBytes.whole(168, "mine"))) {
            time.awaitWaiting(1);
            try (Socket second = RawCall.open(router.url(), CompletionBytes.whole(168, "yours"))) {
                time.awaitWaiting(2);
                time.release();

                assertThat(RawCall.hear(first).body()).contains("yours").contains("\"task_id\":0");
                assertThat(RawCall.hear(second).body()).contains("mine").contains("\"task_id\":1");
            }
        }
        assertThat(session.counts().maxInFlight()).isEqualTo(2);
    }

    @Test
    void aTaskThatNobodyWaitsForIsMixedUpAllTheSame() throws Exception {
        session.set(SessionSettings.DEFAULT.withFault(Fault.HANG).withFaultTimes(1));
        RawCall.open(router.url(), CompletionBytes.whole(168, "abandoned")).close();
        time.awaitWaiting(1);

        try (Socket second = RawCall.open(router.url(), CompletionBytes.whole(168, "mine"))) {
            time.awaitWaiting(2);
            time.release();

            assertThat(RawCall.hear(second).body()).contains("abandoned").doesNotContain("mine");
        }
    }

    @Test
    void tasksWithinTheCapacityDoNoHarm() throws Exception {
        session.set(SessionSettings.DEFAULT.withCapacity(2));
        try (Socket first = RawCall.open(router.url(), CompletionBytes.whole(168, "mine"))) {
            time.awaitWaiting(1);
            try (Socket second = RawCall.open(router.url(), CompletionBytes.whole(168, "yours"))) {
                time.awaitWaiting(2);
                time.release();

                assertThat(RawCall.hear(first).body()).contains("mine");
                assertThat(RawCall.hear(second).body()).contains("yours");
            }
        }
    }

    @Test
    void aMismatchIsA502ForTheNewcomerOnly() throws Exception {
        try (RouterSimulator other = RouterSimulator.start(RouterConfig.DEFAULT
                        .withMixup(Mixup.MISMATCH)
                        .withSurroundings(SimulatorSurroundings.REAL.withPause(time)));
                Socket first = RawCall.open(other.url(), CompletionBytes.whole(168, "mine"))) {
            time.awaitWaiting(1);
            try (Socket second = RawCall.open(other.url(), CompletionBytes.whole(168, "yours"))) {
                time.awaitWaiting(2);
                time.release();

                assertThat(RawCall.hear(first).body()).contains("mine");
                Heard newcomer = RawCall.hear(second);
                assertThat(newcomer.statusLine()).isEqualTo("HTTP/1.1 502 BAD GATEWAY");
                assertThat(newcomer.body()).contains("router_error").contains("router_v4_correlation_mismatch");
            }
        }
    }

    @Test
    void aKilledRouterRefusesConnectsAndItsTasksDie() throws Exception {
        try (Socket socket = RawCall.open(router.url(), CompletionBytes.streamed(168, "one"))) {
            time.awaitWaiting(1);

            router.stop();

            assertThat(RawCall.hear(socket)).isEqualTo(new Heard("", Ending.RESET));
        }
        assertThat(session.counts().inFlight()).isZero();
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> RawCall.send(router.url(), RawCall.get("/api/v1/ping")));
    }

    @Test
    void aRevivedRouterServesAgainAndRemembersItsCounts() throws Exception {
        session.set(SessionSettings.DEFAULT.withFault(Fault.REFUSE));
        RawCall.send(router.url(), CompletionBytes.whole(168, "one"));
        router.stop();

        router.restart();

        assertThat(RawCall.send(router.url(), RawCall.get("/api/v1/ping")).statusLine())
                .isEqualTo("HTTP/1.1 200 OK");
        assertThat(router.counts()).containsExactly(new SessionCounts("168", 1, 0, 0, Fault.REFUSE, 1));
    }

    @Test
    void aListenerHearsOfRequestsAndProbesButNotOfControl() throws Exception {
        session.set(SessionSettings.DEFAULT.withFault(Fault.REFUSE));

        RawCall.send(router.url(), CompletionBytes.whole(168, "one"));
        RawCall.send(router.url(), RawCall.get("/api/v1/status"));
        RawCall.send(router.url(), RawCall.get("/_control"));

        assertThat(heard)
                .extracting(request -> request.method() + " " + request.path() + " " + request.connection())
                .containsExactly("POST /api/v3/completions 1", "GET /api/v1/status 2");
    }

    private static void awaitCalmly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String nextEvent(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }
}
