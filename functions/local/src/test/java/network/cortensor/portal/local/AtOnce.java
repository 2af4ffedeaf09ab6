package network.cortensor.portal.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Many cases side by side, for most of their time is spent waiting. */
final class AtOnce {
    private AtOnce() {}

    /**
     * Runs all of them.
     *
     * @param most how many at a time
     * @return their results in their order
     */
    static <T> List<T> run(int most, List<Callable<T>> cases) throws Exception {
        Semaphore places = new Semaphore(most);
        List<T> results = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = cases.stream()
                    .map(each -> threads.submit(() -> {
                        places.acquire();
                        try {
                            return each.call();
                        } finally {
                            places.release();
                        }
                    }))
                    .toList();
            for (Future<T> each : running) {
                results.add(each.get());
            }
        }
        return results;
    }
}
