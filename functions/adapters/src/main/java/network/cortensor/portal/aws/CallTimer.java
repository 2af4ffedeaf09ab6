package network.cortensor.portal.aws;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends calls that take too long, for the AWS SDK. Nearly every call ends in time, and then costs no thread a wake-up: the SDK's own timer wakes a thread once for each of the two
 * bounds that a call has, which takes 7 % of a request's processor time.
 *
 * <p>The timer looks every {@value #LOOK_MILLIS} ms at what is due, as long as anything is pending, so that a bound of a second may take that much longer. Tasks of the same delay wait in
 * one queue, in which the first is due first; the SDK has two or three delays in all.
 *
 * <p>It has one daemon thread, is shared by all clients and never ends. Only single delayed tasks are carried out. Safe for use by many threads.
 */
final class CallTimer extends AbstractExecutorService implements ScheduledExecutorService {
    static final CallTimer SHARED = new CallTimer();

    private static final long LOOK_MILLIS = 50;

    private final Map<Long, Queue<Due<?>>> byDelay = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("aws-call-timer").unstarted(this::run);
    private volatile boolean idle = true;

    private CallTimer() {
        thread.start();
    }

    /** A task, and when it is due by {@link System#nanoTime}. */
    private static final class Due<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final long at;

        private Due(Callable<V> call, long at) {
            super(call);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> call, long delay, TimeUnit unit) {
        long nanos = unit.toNanos(delay);
        Due<V> due = new Due<>(call, System.nanoTime() + nanos);
        byDelay.computeIfAbsent(nanos, _ -> new ConcurrentLinkedQueue<>()).add(due);
        if (idle) {
            idle = false;
            LockSupport.unpark(thread);
        }
        return due;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    command.run();
                    return null;
                },
                delay,
                unit);
    }

    private void run() {
        while (true) {
            LockSupport.parkNanos(Duration.ofMillis(LOOK_MILLIS).toNanos());
            byDelay.values().forEach(CallTimer::look);
            if (nothingPending()) {
                // Whoever adds a task after this line wakes the timer; whoever added one before it is seen by the
                // second look.
                idle = true;
                if (nothingPending()) {
                    LockSupport.park(this);
                }
                idle = false;
            }
        }
    }

    private boolean nothingPending() {
        return byDelay.values().stream().allMatch(Queue::isEmpty);
    }

    private static void look(Queue<Due<?>> queue) {
        long now = System.nanoTime();
        for (Due<?> first = queue.peek(); first != null && gone(first, now); first = queue.peek()) {
            queue.poll();
            // One that was cancelled does nothing.
            first.run();
        }
    }

    private static boolean gone(Due<?> task, long now) {
        return task.isDone() || task.at - now <= 0;
    }

    @Override
    public void execute(Runnable command) {
        var _ = schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long first, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("a bound of a call has one end");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long first, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("a bound of a call has one end");
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the timer is shared");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the timer is shared");
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }
}
