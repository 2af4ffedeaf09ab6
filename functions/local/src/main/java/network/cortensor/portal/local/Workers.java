package network.cortensor.portal.local;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import network.cortensor.portal.runtime.Incidents;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.runtime.Wiring;

/**
 * Environments of one function, as Lambda has them: each serves one request at a time and has caches and clients of its own. They differ
 * from real ones in sharing a JVM. Safe for use by many threads.
 */
final class Workers implements AutoCloseable {
    private final Life life;
    private final List<Thread> threads;

    /**
     * What every worker is.
     *
     * @param wiring builds one environment's function; called once for each of them
     */
    record Life(RuntimeConfig config, InstantSource clock, Incidents incidents, Wiring wiring) {
        private Thread start(int number) {
            return Thread.ofPlatform()
                    .name("worker-" + number)
                    .daemon()
                    .start(() -> new RuntimeLoop(config, clock, incidents).run(wiring));
        }
    }

    private Workers(Life life, List<Thread> threads) {
        this.life = life;
        this.threads = new CopyOnWriteArrayList<>(threads);
    }

    static Workers start(int count, Life life) {
        return new Workers(life, IntStream.range(0, count).mapToObj(life::start).toList());
    }

    /** Ends one where it stands and starts another in its place, as Lambda does with an environment that broke. */
    void replace(int number) {
        threads.get(number).interrupt();
        threads.set(number, life.start(number));
    }

    /** Interrupts them where they stand; requests in flight are lost, as when Lambda ends an environment. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
