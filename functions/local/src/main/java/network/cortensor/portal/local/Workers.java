package network.cortensor.portal.local;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import network.cortensor.portal.runtime.Incidents;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeConfig.Compute;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.runtime.Wiring;
import network.cortensor.portal.testkit.lambda.RuntimeApiEmulator;

/**
 * Environments of one function, as Lambda has them: each has caches and clients of its own. They differ from real ones in sharing a JVM. Safe
 * for use by many threads.
 */
final class Workers implements AutoCloseable {
    /** Far more than Lambda allows: a busy machine is slow, and nobody is killed here. */
    private static final Duration SHUT_DOWN = Duration.ofSeconds(30);

    private final RuntimeConfig config;
    private final Life life;
    private final Runnable exited;
    private final List<Worker> workers;

    /**
     * What every worker is.
     *
     * @param wiring builds one environment's function; called once for each of them
     */
    record Life(InstantSource clock, Incidents incidents, Wiring wiring) {}

    private record Worker(RuntimeLoop loop, Thread thread) {
        static Worker start(int number, RuntimeConfig config, Life life) {
            RuntimeLoop loop = new RuntimeLoop(config, life.clock(), life.incidents());
            return new Worker(
                    loop, Thread.ofPlatform().name("worker-" + number).daemon().start(() -> loop.run(life.wiring())));
        }
    }

    /** @param exited tells Lambda that a process is gone, with all that ran in it */
    private Workers(int count, RuntimeConfig config, Life life, Runnable exited) {
        this.config = config;
        this.life = life;
        this.exited = exited;
        this.workers = new CopyOnWriteArrayList<>(IntStream.range(0, count)
                .mapToObj(number -> Worker.start(number, config, life))
                .toList());
    }

    static Workers start(LocalServing serving, RuntimeApiEmulator lambda, Life life) {
        URI api = URI.create("http://" + lambda.address());
        return switch (serving) {
            case LocalServing.OneProcess(int streams) ->
                new Workers(1, config(api, new Compute.ManagedInstances(streams)), life, lambda::exited);
            case LocalServing.SingleEnvironments(int count) ->
                new Workers(count, config(api, new Compute.OnDemand()), life, () -> {});
        };
    }

    private static RuntimeConfig config(URI api, Compute compute) {
        return new RuntimeConfig(api.getHost(), api.getPort(), compute);
    }

    /** Ends one where it stands and starts another in its place, as Lambda does with an environment that broke. */
    void replace(int number) {
        workers.get(number).thread().interrupt();
        exited.run();
        workers.set(number, Worker.start(number, config, life));
    }

    /** Ends all of them in good order, and starts none in their place. */
    void shutDown() throws InterruptedException {
        for (Worker worker : workers) {
            worker.loop().shutDown(SHUT_DOWN);
        }
    }

    /** Interrupts them where they stand; requests in flight are lost, as when Lambda ends an environment. */
    @Override
    public void close() {
        workers.forEach(worker -> worker.thread().interrupt());
    }
}
