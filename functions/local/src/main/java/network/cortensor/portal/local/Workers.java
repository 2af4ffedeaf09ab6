package network.cortensor.portal.local;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import network.cortensor.portal.runtime.Incidents;
import network.cortensor.portal.runtime.RuntimeConfig;
import network.cortensor.portal.runtime.RuntimeLoop;
import network.cortensor.portal.runtime.Wiring;

/**
 * Environments of one function, as Lambda has them: each serves one request at a time and has caches and clients of its own. They differ
 * from real ones in sharing a JVM.
 */
final class Workers implements AutoCloseable {
    private final List<Thread> threads;

    private Workers(List<Thread> threads) {
        this.threads = threads;
    }

    /** @param wiring builds one environment's function; called once for each of them */
    static Workers start(int count, RuntimeConfig config, InstantSource clock, Incidents incidents, Wiring wiring) {
        return new Workers(IntStream.range(0, count)
                .mapToObj(number -> Thread.ofPlatform()
                        .name("worker-" + number)
                        .daemon()
                        .start(() -> new RuntimeLoop(config, clock, incidents).run(wiring)))
                .toList());
    }

    /** Interrupts them where they stand; requests in flight are lost, as when Lambda ends an environment. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
