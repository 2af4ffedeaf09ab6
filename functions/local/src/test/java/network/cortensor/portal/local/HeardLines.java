package network.cortensor.portal.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.telemetry.Line;

/** A journal that tests can wait for. Safe for use by many threads. */
final class HeardLines implements Journal {
    /** Of a machine that is very busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Line> lines = new ArrayList<>();

    @Override
    public synchronized void write(Line line) {
        lines.add(line);
        notifyAll();
    }

    synchronized List<Line> all() {
        return List.copyOf(lines);
    }

    /** Waits until so many of all lines, those of the past too, are of this kind; they come in their order. */
    synchronized List<Line> await(int count, Predicate<Line> kind) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        List<Line> found = new ArrayList<>();
        int looked = 0;
        while (true) {
            for (; looked < lines.size(); looked++) {
                if (kind.test(lines.get(looked))) {
                    found.add(lines.get(looked));
                }
            }
            long left = Duration.between(Instant.now(), end).toMillis();
            if (found.size() >= count) {
                return found;
            }
            if (left <= 0) {
                throw new AssertionError("waited in vain for a line; there are " + found.size());
            }
            wait(left);
        }
    }
}
