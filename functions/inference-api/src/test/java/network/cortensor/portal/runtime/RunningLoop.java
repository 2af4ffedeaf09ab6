package network.cortensor.portal.runtime;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.runtime.RuntimeLoop.End;

/** A loop on a thread of its own. It ends when its Runtime API does, or when it is closed. */
final class RunningLoop implements AutoCloseable {
    private final BlockingQueue<Incident> incidents = new LinkedBlockingQueue<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final RuntimeLoop loop;
    private final Thread thread;

    private RunningLoop(RuntimeConfig config, Wiring wiring) {
        loop = new RuntimeLoop(config, InstantSource.system(), incidents::add, pauses::add);
        thread = Thread.ofVirtual().start(() -> end.complete(loop.run(wiring)));
    }

    static RunningLoop direct(String api, Handler handler) {
        return new RunningLoop(RuntimeConfig.of(Map.of("AWS_LAMBDA_RUNTIME_API", api)), _ -> handler);
    }

    static RunningLoop direct(String api, Wiring wiring) {
        return new RunningLoop(RuntimeConfig.of(Map.of("AWS_LAMBDA_RUNTIME_API", api)), wiring);
    }

    static RunningLoop managed(String api, int concurrency, Wiring wiring) {
        return new RunningLoop(
                RuntimeConfig.of(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        api,
                        "AWS_LAMBDA_INITIALIZATION_TYPE",
                        "lambda-managed-instances",
                        "AWS_LAMBDA_MAX_CONCURRENCY",
                        Integer.toString(concurrency))),
                wiring);
    }

    static RunningLoop snapStart(String api, Wiring wiring) {
        return new RunningLoop(
                RuntimeConfig.of(Map.of("AWS_LAMBDA_RUNTIME_API", api, "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")),
                wiring);
    }

    /** The waits before further tries, none of which it spends. */
    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    /** As Lambda's SIGTERM does it. */
    void shutDown() throws InterruptedException {
        loop.shutDown(Duration.ofSeconds(30));
    }

    /** The next incident, waited for. */
    Incident incident() throws Exception {
        Incident incident = incidents.poll(30, TimeUnit.SECONDS);
        if (incident == null) {
            throw new AssertionError("no incident");
        }
        return incident;
    }

    End end() throws Exception {
        return end.get(30, TimeUnit.SECONDS);
    }

    void interrupt() {
        thread.interrupt();
    }

    @Override
    public void close() {
        thread.interrupt();
        end.join();
    }
}
