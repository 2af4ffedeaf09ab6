package network.cortensor.portal.router;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.wire.Lines;

/**
 * What has arrived of an answer, for its caller: first what the attempt's thread puts, then the events of a stream, which the caller's own thread
 * reads from the socket. One thread puts, one polls.
 */
final class Relay {
    /** What is read of a stream that is given up: a router that never pauses must not hold its caller. */
    private static final int MOST_GATHERED = 256;

    /** The least that a socket can be told. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    /** How soon a caller that waits in its socket notices an interrupt. A platform thread is not woken there, and a look costs microseconds. */
    private static final Duration SLICE = Duration.ofMillis(100);

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final InstantSource clock;
    private final BlockingQueue<AnswerQueue> arrivals = new ArrayBlockingQueue<>(MOST_GATHERED);
    private Optional<Lines> stream = Optional.empty();

    Relay(InstantSource clock) {
        this.clock = clock;
    }

    /** An interrupted thread may still put what there is room for. */
    void put(AnswerQueue arrival) throws InterruptedException {
        if (!arrivals.offer(arrival)) {
            arrivals.put(arrival);
        }
    }

    /** Nothing else matters any more. */
    void broke(Throwable bug) {
        arrivals.clear();
        arrivals.add(AnswerQueue.Bug.of(bug));
    }

    /** The next one, or empty if none comes within {@code wait}. */
    Optional<AnswerQueue> poll(Duration wait) throws InterruptedException {
        if (stream.isPresent()) {
            return read(stream.get(), wait);
        }
        long began = System.nanoTime();
        Optional<AnswerQueue> arrival = Optional.ofNullable(arrivals.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
        if (arrival.isPresent() && arrival.get() instanceof AnswerQueue.Stream(Lines lines)) {
            stream = Optional.of(lines);
            return read(lines, left(wait, began));
        }
        return arrival;
    }

    /** The next one that was put already. */
    Optional<AnswerQueue> poll() {
        return Optional.ofNullable(arrivals.poll());
    }

    /** Takes from the stream what is there already: nothing is read of it from now on. */
    void gather() throws InterruptedException {
        Optional<AnswerQueue> next = stream.isPresent() ? poll(AT_ONCE) : Optional.empty();
        while (next.isPresent() && arrivals.offer(next.get()) && stream.isPresent()) {
            next = poll(AT_ONCE);
        }
        stream = Optional.empty();
    }

    /** Every line of data is an event by itself: no server of this kind parts one, and some leave out the empty line between two. */
    private Optional<AnswerQueue> read(Lines lines, Duration wait) throws InterruptedException {
        long began = System.nanoTime();
        for (int late = 0; late < MOST_GATHERED; ) {
            Duration left = left(wait, began);
            late += left.isZero() ? 1 : 0;
            switch (lines.next(left.compareTo(SLICE) < 0 ? left : SLICE)) {
                case Lines.Line.Text(String line)
                when isData(line) -> {
                    String data = data(line);
                    if (data.equals(DONE)) {
                        return ended(new AnswerQueue.Over(StreamEnd.SEEN));
                    }
                    if (!data.isEmpty()) {
                        return Optional.of(new AnswerQueue.Event(data, clock.instant()));
                    }
                }
                case Lines.Line.Text _ -> {}
                case Lines.Line.NotYet _ -> {
                    if (left.isZero()) {
                        return Optional.empty();
                    }
                }
                case Lines.Line.End _ -> {
                    return ended(new AnswerQueue.Over(StreamEnd.SEEN));
                }
                case Lines.Line.Broken(Failure failure) -> {
                    return ended(
                            failure instanceof Failure.Cut
                                    ? new AnswerQueue.Over(StreamEnd.UNSEEN)
                                    : new AnswerQueue.Failed(failure));
                }
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while a router was awaited");
            }
        }
        return Optional.empty();
    }

    /**
     * Servers write byte order marks, blanks and capitals where none should be. An event that is passed over for them would be a piece of the answer that is missing
     * without anybody's notice.
     */
    private static boolean isData(String line) {
        return line.startsWith(DATA) || Json.bare(line).regionMatches(true, 0, DATA, 0, DATA.length());
    }

    private static String data(String line) {
        return Json.bare(Json.bare(line).substring(DATA.length()));
    }

    private Optional<AnswerQueue> ended(AnswerQueue last) {
        stream = Optional.empty();
        return Optional.of(last);
    }

    private static Duration left(Duration wait, long began) {
        long left = wait.toNanos() - (System.nanoTime() - began);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }
}
