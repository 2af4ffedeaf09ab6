package network.cortensor.portal.benchmarks.failover;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A client that does everything right, to show that the runner's demands can be met: it holds an answer back until it is whole, waits for a first word
 * for {@link #FIRST_WORD} and for the whole for {@link #WHOLE}, asks a server that failed once more, and leaves one that is down alone for {@link #LEFT_ALONE}.
 */
record ReferenceClient(String name, BenchClient client, Map<String, Instant> down) implements BenchSystem {
    private static final Duration FIRST_WORD = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(20);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(10);

    ReferenceClient(String name, BenchClient client) {
        this(name, client, new ConcurrentHashMap<>());
    }

    @Override
    public BenchCall askWell() throws IOException, InterruptedException {
        return within(ProviderFault.NONE + "-well-" + name, "");
    }

    @Override
    public BenchCall ask(BenchScenario scenario) throws IOException, InterruptedException {
        String primary = scenario.model(name);
        String fallback = scenario.fallback(name);
        if (Instant.now().isBefore(down.getOrDefault(primary, Instant.MIN))) {
            return within(fallback, fallback);
        }
        BenchCall first = tried(primary);
        if (first.end() == BenchCall.End.ANSWER || first.error().contains("content_policy_violation")) {
            return first;
        }
        if (first.error().contains("HTTP 429") || first.error().contains("HTTP 500")) {
            Thread.sleep(Duration.ofSeconds(2));
            BenchCall second = tried(primary);
            if (second.end() == BenchCall.End.ANSWER) {
                return second;
            }
        }
        if (first.error().contains("HTTP 503")) {
            down.put(primary, Instant.now().plus(LEFT_ALONE));
        }
        return within(fallback, fallback);
    }

    private BenchCall tried(String model) throws InterruptedException {
        try {
            return within(model, "");
        } catch (IOException e) {
            return BenchCall.failed("the connection or the stream broke");
        }
    }

    private BenchCall within(String model, String fallback) throws IOException, InterruptedException {
        CountDownLatch saidOrOver = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<BenchCall> call = thread.submit(() -> {
                try {
                    return client.ask(model, fallback, saidOrOver::countDown);
                } catch (BenchClient.Refused e) {
                    return BenchCall.failed(e.words());
                } finally {
                    saidOrOver.countDown();
                }
            });
            try {
                if (!saidOrOver.await(FIRST_WORD.toSeconds(), TimeUnit.SECONDS)) {
                    return BenchCall.failed("no first word");
                }
                return call.get(WHOLE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IOException("no answer", e);
            } catch (java.util.concurrent.TimeoutException e) {
                return BenchCall.failed("no whole answer");
            } finally {
                call.cancel(true);
            }
        }
    }
}
