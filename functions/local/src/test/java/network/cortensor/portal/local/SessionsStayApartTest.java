package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import network.cortensor.portal.testkit.router.Fault;
import network.cortensor.portal.testkit.router.SessionSettings;
import network.cortensor.portal.testkit.router.SimulatedSession;
import org.junit.jupiter.api.Test;

/** Many customers, few sessions, and everything that can go wrong at once. The simulators count, not our code. */
class SessionsStayApartTest {
    private static final int SESSIONS = 20;
    private static final int REQUESTS = 500;
    private static final long FIRST_SESSION = 70_000;

    /** Asking them takes far longer than the longest lease here, which is 5 s. */
    private static final int MOST_QUESTIONS = 5_000;

    /** Shorter than attempt and lease margin, as a router's longest delay is. */
    private static final Duration HANG = Duration.ofMillis(2_200);

    private static final Map<String, Object> TIMES = Map.of(
            "firstTokenSeconds", new BigDecimal("1.5"),
            "attemptSeconds", new BigDecimal("2"),
            "totalSeconds", new BigDecimal("60"),
            "queueSeconds", new BigDecimal("30"));

    @Test
    void noSessionEverHasTwoTasksAndNoCustomerGetsAnothersAnswer() throws Exception {
        try (FastPortal fast = new FastPortal(new LocalServing.SingleEnvironments(32), InstantSource.system());
                HttpClient client = HttpClient.newHttpClient();
                var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<SimulatedSession> sessions = sessions(fast);
            fast.alias("crowded", "harmony", TIMES, targets(fast, FIRST_SESSION, SESSIONS));

            AtomicInteger begun = new AtomicInteger();
            List<Future<String>> outcomes = IntStream.range(0, REQUESTS)
                    .mapToObj(number -> customers.submit(() -> {
                        if (begun.incrementAndGet() % 100 == 50) {
                            fast.portal().replaceWorker(number % 32);
                        }
                        return Asking.of(number).outcome(fast, client, "crowded", "customer " + number + " says hello");
                    }))
                    .toList();
            List<String> seen = new ArrayList<>();
            for (Future<String> outcome : outcomes) {
                seen.add(outcome.get());
            }

            assertThat(seen).doesNotContain("a wrong answer", "answer, words lost");
            assertThat(seen).allMatch(outcome -> outcome.equals("answer") || outcome.matches("50[234] .*"));
            assertThat(seen.stream().filter("answer"::equals).count()).isGreaterThan(REQUESTS * 9 / 10);
            assertThat(sessions).allMatch(session -> session.counts().maxInFlight() <= 1);
            everySlotComesBack(fast, client, sessions);
        }
    }

    /** All faults are over, and each session is asked again once its slot is free. */
    private static void everySlotComesBack(FastPortal fast, HttpClient client, List<SimulatedSession> sessions)
            throws Exception {
        sessions.forEach(session -> session.set(FastPortal.PROMPT));
        List<Long> before = served(sessions);
        for (int asked = 0; asked < MOST_QUESTIONS && !eachServedMore(sessions, before); asked++) {
            assertThat(Asking.CHAT.outcome(fast, client, "crowded", "is anybody there"))
                    .isEqualTo("answer");
        }
        assertThat(eachServedMore(sessions, before)).isTrue();
    }

    private static List<Long> served(List<SimulatedSession> sessions) {
        return sessions.stream().map(session -> session.counts().served()).toList();
    }

    private static boolean eachServedMore(List<SimulatedSession> sessions, List<Long> before) {
        List<Long> now = served(sessions);
        return IntStream.range(0, now.size()).allMatch(number -> now.get(number) > before.get(number));
    }

    private static List<SimulatedSession> sessions(FastPortal fast) {
        return IntStream.range(0, SESSIONS)
                .mapToObj(number -> {
                    SimulatedSession session =
                            fast.portal().routers().router(router(number)).session(FIRST_SESSION + number);
                    session.set(settings(number));
                    return session;
                })
                .toList();
    }

    /** A fifth of them hangs a few times, a fifth is slow. */
    private static SessionSettings settings(int number) {
        return switch (number % 5) {
            case 0 -> FastPortal.PROMPT.withFault(Fault.HANG).withFaultTimes(3).withHang(HANG);
            case 1 -> FastPortal.PROMPT.withLatency(Duration.ofMillis(400));
            default -> FastPortal.PROMPT;
        };
    }

    private static Map<String, Map<String, Object>> targets(FastPortal fast, long first, int count) {
        Map<String, Map<String, Object>> targets = new LinkedHashMap<>();
        for (long session = first; session < first + count; session++) {
            targets.put(
                    "t-" + session,
                    router((int) (session - FIRST_SESSION)).equals("router-a")
                            ? fast.onRouterA(session, "live")
                            : fast.onRouterB(session, "live"));
        }
        return targets;
    }

    private static String router(int number) {
        return number % 2 == 0 ? "router-a" : "router-b";
    }
}
