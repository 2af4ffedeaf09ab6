package network.cortensor.portal.testkit.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Polls sources in turn on a thread of its own. An error of the function ends it, as loudly as a bug should. */
public final class StreamSources implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<StreamSource> sources;
    private final Duration every;
    private final Thread thread;

    private StreamSources(List<StreamSource> sources, Duration every) {
        this.sources = List.copyOf(sources);
        this.every = every;
        this.thread = Thread.ofVirtual().name("stream-sources").unstarted(this::run);
    }

    /** @param every how long it rests when there was nothing */
    public static StreamSources start(List<StreamSource> sources, Duration every) {
        StreamSources started = new StreamSources(sources, every);
        started.thread.start();
        return started;
    }

    private void run() {
        try {
            Duration rest = Duration.ZERO;
            while (!end.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
                int handled = sources.stream().mapToInt(StreamSource::poll).sum();
                rest = handled == 0 ? every : Duration.ZERO;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the batch in hand end, because the database does not bear an interrupt. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
