package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Target;

/**
 * Adds what traffic shows to the evidence that the prober keeps too: each observation on a thread of its own, so that neither a customer
 * nor the next attempt waits for a table. What cannot be written is lost: there will be more.
 */
public final class HealthWitness implements Witness {
    private final Learning learning;
    private final InstantSource clock;
    private final Queue<Thread> running = new ConcurrentLinkedQueue<>();

    public HealthWitness(Learning learning, InstantSource clock) {
        this.learning = learning;
        this.clock = clock;
    }

    @Override
    public void worked(Target target, Optional<Duration> firstToken) {
        see(target, new Observation.Served(firstToken));
    }

    @Override
    public void failed(Target target, Failure failure) {
        see(target, new Observation.Failed(failure));
    }

    private void see(Target target, Observation seen) {
        Instant now = clock.instant();
        running.add(Thread.ofVirtual().name("witness").start(() -> learn(target, seen, now)));
    }

    private void learn(Target target, Observation seen, Instant now) {
        try {
            learning.fromTraffic(target, seen, now);
        } catch (HealthUnavailable e) {
            // Lost. The prober's heartbeat shows whether the table answers at all.
            return;
        }
    }

    @Override
    public void finish() {
        boolean interrupted = false;
        for (Thread thread = running.peek(); thread != null; thread = running.peek()) {
            try {
                thread.join();
                running.remove(thread);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
