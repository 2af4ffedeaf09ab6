package network.cortensor.portal.benchmarks.edits;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;

/** What the product's log says of attempts: to which target, and when each began, to the millisecond. */
final class Attempts implements Journal {
    private final ConcurrentLinkedQueue<Attempt> seen = new ConcurrentLinkedQueue<>();
    private final InstantSource clock;

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    record Attempt(String target, Instant start) {}

    @Override
    public void write(Line line) {
        if (line.event().equals("attempt")
                && line.keys().get("target") instanceof String target
                && line.keys().get("total_ms") instanceof Long total) {
            seen.add(new Attempt(target, clock.instant().minusMillis(total)));
        }
    }

    /** Those that began in this time. */
    List<Attempt> between(Instant from, Instant to) {
        return seen.stream()
                .filter(attempt ->
                        !attempt.start().isBefore(from) && attempt.start().isBefore(to))
                .toList();
    }
}
