package network.cortensor.portal.prober;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.slots.Take;
import network.cortensor.portal.testkit.router.RouterSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverlapTest {
    private static final int SESSIONS = 4;
    private static final int REQUESTS_PER_CUSTOMER = 15;
    private static final Duration ATTEMPT = Duration.ofSeconds(60);

    private final ProberFixture fixture = new ProberFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aProbeNeverMeetsACustomerOrAnotherProbeOnASession() throws Exception {
        RouterSimulator router = fixture.router(1, 2, 3, 4, 5);
        List<Target> targets = new ArrayList<>();
        for (long session = 1; session <= SESSIONS; session++) {
            targets.add(fixture.has("oss-20b", router, session));
        }
        fixture.has("oss-20b", router, SESSIONS + 1);
        Prober prober = fixture.prober(new NobodyEverReturns(targets), 50);

        CountDownLatch customers = new CountDownLatch(SESSIONS);
        List<Callable<Integer>> everybody = new ArrayList<>();
        targets.forEach(target -> everybody.add(() -> askAgainAndAgain(target, customers)));
        for (int ticks = 0; ticks < 3; ticks++) {
            everybody.add(() -> tickAgainAndAgain(prober, customers));
        }
        int requests = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> each : threads.invokeAll(everybody)) {
                requests += each.get();
            }
        }

        assertThat(requests).as("some customers found their session free").isPositive();
        assertThat(targets.stream()
                        .mapToInt(target -> fixture.deepProbes(target).size())
                        .sum())
                .as("some probes did too")
                .isPositive();
        assertThat(router.counts())
                .allSatisfy(counts -> assertThat(counts.maxInFlight()).isLessThanOrEqualTo(1));
    }

    /** As long as customers ask, and once more when their sessions are free. */
    private static int tickAgainAndAgain(Prober prober, CountDownLatch customers) {
        boolean alone;
        do {
            alone = customers.getCount() == 0;
            prober.tick(ProberFixture.LEFT);
        } while (!alone);
        return 0;
    }

    private int askAgainAndAgain(Target target, CountDownLatch customers) throws InterruptedException {
        int served = 0;
        for (int request = 0; request < REQUESTS_PER_CUSTOMER; request++) {
            if (fixture.slots.pass().take(target.session(), 1, ATTEMPT) instanceof Take.Taken taken) {
                ask(target);
                taken.release();
                served++;
            }
        }
        customers.countDown();
        return served;
    }

    private void ask(Target target) throws InterruptedException {
        CompletionRequest request = new CompletionRequest(
                new Input.Prompt("one two three"),
                PromptFormat.PLAIN,
                64,
                Sampling.DEFAULT,
                List.of(),
                Optional.empty(),
                Optional.empty());
        CallTimes times = new CallTimes(new CallTimes.Shape.Whole(ATTEMPT), ATTEMPT, ATTEMPT);
        try (RouterCall call = fixture.routers.open(target, request, times)) {
            Optional<RouterEvent> event = Optional.empty();
            while (!(event.isPresent()
                    && event.get() instanceof RouterEvent.Said said
                    && said.event() instanceof CompletionEvent.End)) {
                event = call.next(ATTEMPT);
                assertThat(event).get().isInstanceOf(RouterEvent.Said.class);
            }
        }
    }

    /** Every target is ejected, whatever is learnt, so that each tick wants to probe each. */
    private record NobodyEverReturns(List<Target> targets) implements HealthStore {
        @Override
        public Map<String, TargetHealth> pool(String pool) {
            Map<String, TargetHealth> ejected = new HashMap<>();
            targets.forEach(target -> ejected.put(target.id().name(), ejected(target)));
            return ejected;
        }

        private static TargetHealth ejected(Target target) {
            TargetHealth health = TargetHealth.none(target.session());
            for (int failures = 0; failures < HealthFold.FAILURES_TO_EJECT; failures++) {
                health = HealthFold.fold(health, ProberFixture.failed(), Instant.EPOCH);
            }
            return health;
        }

        @Override
        public Optional<TargetHealth> find(TargetId target) {
            return Optional.empty();
        }

        @Override
        public boolean write(TargetId target, TargetHealth health) {
            return true;
        }

        @Override
        public Optional<Instant> heartbeat() {
            return Optional.empty();
        }

        @Override
        public void beat(Instant finished) {}
    }
}
