package network.cortensor.portal.prober;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Does the same with many things side by side, on a virtual thread each, some at a time. */
final class Abreast {
    private Abreast() {}

    /** One thing to do. */
    @FunctionalInterface
    interface Task<T, R> {
        R of(T thing) throws InterruptedException;
    }

    /**
     * The results, in the order of the things.
     *
     * @param width how many at a time
     * @throws InterruptedException if this thread is interrupted; the tasks are interrupted then, and over
     */
    static <T, R> List<R> map(Collection<T> things, int width, Task<T, R> task) throws InterruptedException {
        Semaphore turns = new Semaphore(width);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = new ArrayList<>();
            for (T thing : things) {
                running.add(threads.submit(() -> {
                    turns.acquire();
                    try {
                        return task.of(thing);
                    } finally {
                        turns.release();
                    }
                }));
            }
            try {
                return results(running);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static <R> List<R> results(List<Future<R>> running) throws InterruptedException {
        List<R> results = new ArrayList<>();
        for (Future<R> each : running) {
            try {
                results.add(each.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a task that may not fail did", e.getCause());
            }
        }
        return results;
    }
}
