package network.cortensor.portal.router;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events on their way from an attempt's thread to its caller's, and how far the answer has come. */
final class Relay {
    /** Enough to smooth bursts. A caller that is slower than its router makes the router wait, not this grow. */
    private static final int MOST_WAITING = 256;

    private final InstantSource clock;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile Deadlines.Standing standing = new Deadlines.Standing.Silent();

    Relay(InstantSource clock) {
        this.clock = clock;
    }

    /** Waits while the caller is behind. */
    void put(List<RouterEvent> events) throws InterruptedException {
        for (RouterEvent event : events) {
            if (Events.content(event)) {
                speaking();
            }
            put(new Item.Event(event));
        }
    }

    /** Something of our task was heard, whether or not it brought an event. */
    void heard() {
        if (standing instanceof Deadlines.Standing.Speaking) {
            speaking();
        }
    }

    /** The attempt's own thread has met a bug, or a worker that is falling apart. */
    void broke(Throwable bug) {
        items.clear();
        items.add(new Item.Bug(bug.getClass().getName(), List.of(bug.getStackTrace())));
    }

    Deadlines.Standing standing() {
        return standing;
    }

    /**
     * The next event, or empty if none comes within {@code wait}.
     *
     * @throws IllegalStateException if the attempt's thread met a bug
     */
    Optional<RouterEvent> poll(Duration wait) throws InterruptedException {
        Item item = items.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        return switch (item) {
            case null -> Optional.empty();
            case Item.Event event -> Optional.of(event.event());
            case Item.Bug bug -> throw bug.raised();
        };
    }

    /** Whether the whole answer is here, so that it need not be given up. */
    boolean holdsEnd() {
        return items.stream().anyMatch(item -> item instanceof Item.Event event && Events.end(event.event()));
    }

    private void speaking() {
        standing = new Deadlines.Standing.Speaking(clock.instant());
    }

    /**
     * An interrupted thread may still put what there is room for: the end of an answer that was read completely. While there is none, the
     * clock between events stands still, for it is not the router that keeps anybody waiting.
     */
    private void put(Item item) throws InterruptedException {
        if (!items.offer(item)) {
            items.put(item);
            heard();
        }
    }

    private sealed interface Item {
        record Event(RouterEvent event) implements Item {}

        /** The exception's message is left behind: it may quote what a router said. */
        record Bug(String type, List<StackTraceElement> trace) implements Item {
            IllegalStateException raised() {
                IllegalStateException raised = new IllegalStateException("attempt broke: " + type);
                raised.setStackTrace(trace.toArray(StackTraceElement[]::new));
                return raised;
            }
        }
    }
}
