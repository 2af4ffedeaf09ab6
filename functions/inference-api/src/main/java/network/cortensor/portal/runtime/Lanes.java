package network.cortensor.portal.runtime;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import network.cortensor.portal.runtime.RuntimeLoop.End;

/** Many loops side by side over one function, each on a platform thread of its own: it mostly waits for sockets, and waits cheapest that way. */
final class Lanes {
    private Lanes() {}

    /**
     * Returns when all of them have ended. An interrupt of the caller is passed on to each of them.
     *
     * @param wake makes those come back that wait for an invocation, because a platform thread does not notice an interrupt there
     */
    static End run(int count, InvocationLoop loop, Runnable wake) {
        ConcurrentLinkedQueue<End> ends = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, count)
                .mapToObj(number -> Thread.ofPlatform()
                        .name("invocations-" + number)
                        .daemon()
                        .start(() -> ends.add(loop.run())))
                .toList();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                    wake.run();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return ends.stream().allMatch(End.STOPPED::equals) ? End.STOPPED : End.API_GONE;
    }
}
