package network.cortensor.portal.benchmarks.failover;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One system's way through one scenario, under a deadline. */
record ScenarioRun(BrokenProvider provider, BenchSystem system, BenchScenario scenario) {
    private static final int REQUESTS = 20;
    private static final Duration BETWEEN = Duration.ofSeconds(4);
    private static final Duration ALIVE = Duration.ofSeconds(10);

    /** A call with its time. */
    private record Timed(BenchCall call, Duration took) {
        /** The worst last: a hang, an error, then an answer that is not whole. */
        static final Comparator<Timed> BY_WORTH =
                Comparator.comparing(timed -> switch (timed.call().end()) {
                    case ANSWER -> timed.call().whole() ? 0 : 1;
                    case ERROR -> 2;
                    case HANG -> 3;
                });
    }

    /** What asks. */
    private interface Asking {
        BenchCall ask() throws IOException, InterruptedException;
    }

    Measured run() throws InterruptedException {
        String model = scenario.model(system.name());
        provider.begin(model);
        provider.begin(scenario.fallback(system.name()));
        Instant outageEnd = provider.end(model);
        List<Timed> calls = new ArrayList<>();
        Instant start = Instant.now();
        for (int request = 0; request < (scenario.isSequence() ? REQUESTS : 1); request++) {
            Duration wait = Duration.between(Instant.now(), start.plus(BETWEEN.multipliedBy(request)));
            Thread.sleep(wait.isNegative() ? Duration.ZERO : wait);
            calls.add(timed(() -> system.ask(scenario), scenario.longest()));
        }
        List<SeenAttempt> atPrimary = provider.seen(model);
        List<SeenAttempt> atFallback = provider.seen(scenario.fallback(system.name()));
        boolean alive = timed(system::askWell, ALIVE).call().whole();
        Timed worst = calls.stream().max(Timed.BY_WORTH).orElseThrow();
        Duration longest =
                calls.stream().map(Timed::took).max(Comparator.naturalOrder()).orElseThrow();
        return new Measured(scenario, worst.call(), longest, outageEnd, atPrimary, atFallback, alive);
    }

    private static Timed timed(Asking asking, Duration longest) throws InterruptedException {
        Instant start = Instant.now();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BenchCall> call = thread.submit(asking::ask);
            BenchCall got;
            try {
                got = call.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                got = BenchCall.hung();
                call.cancel(true);
            } catch (ExecutionException e) {
                got = BenchCall.failed("the connection or the stream broke");
            }
            return new Timed(got, Duration.between(start, Instant.now()));
        }
    }
}
