package network.cortensor.portal.benchmarks.overhead;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import network.cortensor.portal.benchmarks.overhead.Caller.Timing;
import network.cortensor.portal.benchmarks.overhead.Pairs.Pair;

/**
 * Lets callers ask for a while.
 *
 * @param caller speaks for all of them
 * @param processorTime of the product so far
 */
record Runs(Caller caller, Supplier<Duration> processorTime) {
    /** The router's sessions from here on are for direct requests, those below are the product's. */
    static final int FIRST_DIRECT_SESSION = 64;

    /** An answer as short as is worth streaming: what is added to the first token and to the end does not depend on its length. */
    private static final int WORDS = 8;

    /** An answer long enough for its tokens to outweigh its beginning. */
    private static final int MANY_WORDS = 500;

    /** Pairs of paced answers for so long, so many streams at once. */
    Pairs paired(int streams, Duration howLong) throws IOException, InterruptedException {
        Duration before = processorTime.get();
        List<List<Pair>> pairs = atOnce(streams, howLong, number -> pair(FIRST_DIRECT_SESSION + number));
        return new Pairs(streams, flat(pairs), processorTime.get().minus(before));
    }

    private Pair pair(long session) throws IOException, InterruptedException {
        if (ThreadLocalRandom.current().nextBoolean()) {
            Timing direct = caller.direct(session, WORDS);
            return new Pair(direct, caller.throughTheProduct(ProductCatalog.PACED, WORDS));
        }
        Timing through = caller.throughTheProduct(ProductCatalog.PACED, WORDS);
        return new Pair(caller.direct(session, WORDS), through);
    }

    /**
     * As many tokens as the product passes on, from a router that says them all at once.
     *
     * @param perSecond of wall time
     * @param processorTimePerToken of the product
     */
    record Relayed(int streams, double perSecond, Duration processorTimePerToken) {}

    Relayed relayed(int streams, Duration howLong) throws IOException, InterruptedException {
        Duration before = processorTime.get();
        long start = System.nanoTime();
        List<List<Timing>> answers =
                atOnce(streams, howLong, _ -> caller.throughTheProduct(ProductCatalog.UNPACED, MANY_WORDS));
        double seconds = (System.nanoTime() - start) / 1e9;
        long tokens = flat(answers).stream().mapToLong(Timing::tokens).sum();
        return new Relayed(
                streams, tokens / seconds, processorTime.get().minus(before).dividedBy(Math.max(1, tokens)));
    }

    /** One caller's next request or pair. */
    @FunctionalInterface
    private interface Turn<T> {
        T take(int caller) throws IOException, InterruptedException;
    }

    private static <T> List<List<T>> atOnce(int callers, Duration howLong, Turn<T> turn)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        LongSupplier passed = () -> System.nanoTime() - start;
        List<Callable<List<T>>> all = new ArrayList<>();
        for (int number = 0; number < callers; number++) {
            int caller = number;
            all.add(() -> {
                List<T> taken = new ArrayList<>();
                do {
                    taken.add(turn.take(caller));
                } while (passed.getAsLong() < howLong.toNanos());
                return taken;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<List<T>> results = new ArrayList<>();
            for (Future<List<T>> each : threads.invokeAll(all)) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException("a request of the measurement failed", e);
        }
    }

    private static <T> List<T> flat(List<List<T>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }
}
