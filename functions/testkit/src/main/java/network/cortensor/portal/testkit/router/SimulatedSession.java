package network.cortensor.portal.testkit.router;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * One session of a simulated upstream: how it behaves, what it works on, what it has seen. Safe for use by many threads.
 *
 * <p>Tasks count from their acceptance to their end, whether or not their connection still stands. A task that begins while the session
 * is full is mixed up with the one that began last.
 */
public final class SimulatedSession {
    private static final int REMEMBERED = 50;

    private final String id;
    private final Mixup mixup;
    private final InstantSource clock;
    private final SessionSettings initial;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<SessionTask> running = new ArrayList<>();
    private final Deque<SessionTask> tasks = new ArrayDeque<>();
    private SessionSettings settings;
    private int faultsLeft;
    private Gate gate = Gate.opened();
    private long served;
    private int maxInFlight;
    private long faultsHit;
    private long nextTask;

    SimulatedSession(String id, SessionSettings initial, Mixup mixup, InstantSource clock) {
        this.id = id;
        this.mixup = mixup;
        this.clock = clock;
        this.initial = initial;
        this.settings = initial;
        set(initial);
    }

    public String id() {
        return id;
    }

    /** Replaces all settings, for requests that come from now on. */
    public void set(SessionSettings value) {
        lock.lock();
        try {
            settings = value;
            faultsLeft = value.faultTimes().orElse(Integer.MAX_VALUE);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Back to the settings that the session began with. Counters stay. */
    public void clear() {
        set(initial);
    }

    public SessionSettings settings() {
        lock.lock();
        try {
            return settings;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Holds answers before a word, from now on and until the gate is opened.
     *
     * @param word counted from 0; 1 lets the first token out and nothing after it
     */
    public Gate holdFrom(int word) {
        lock.lock();
        try {
            gate = new Gate(word);
            return gate;
        } finally {
            lock.unlock();
        }
    }

    public SessionCounts counts() {
        lock.lock();
        try {
            Fault fault = faultsLeft > 0 ? settings.fault() : Fault.NONE;
            return new SessionCounts(id, served, running.size(), maxInFlight, fault, faultsHit);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when the counts are as wanted.
     *
     * @throws AssertionError if they are not within {@code patience} of real time
     */
    public void await(Predicate<SessionCounts> wanted, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!wanted.test(counts())) {
                if (nanos <= 0) {
                    throw new AssertionError("after " + patience + " still " + counts());
                }
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts a request and says what it meets. */
    Encounter receive(Shape shape) {
        lock.lock();
        try {
            served++;
            changed.signalAll();
            if (faultsLeft == 0 || !settings.fault().meets(shape)) {
                return new Encounter(Fault.NONE, faultsHit, settings);
            }
            faultsLeft--;
            faultsHit++;
            return new Encounter(settings.fault(), faultsHit, settings);
        } finally {
            lock.unlock();
        }
    }

    /** Begins a task that the calling thread will work on. */
    SessionTask begin(AnswerScript script, Encounter encounter) {
        lock.lock();
        try {
            SessionTask task = new SessionTask(this, new TaskId(id, nextTask++), script, encounter, clock.instant());
            if (running.size() >= settings.capacity()) {
                task.meet(running.getLast(), mixup.next());
            }
            running.add(task);
            maxInFlight = Math.max(maxInFlight, running.size());
            remember(task);
            changed.signalAll();
            return task;
        } finally {
            lock.unlock();
        }
    }

    void end(SessionTask task) {
        lock.lock();
        try {
            if (running.remove(task)) {
                task.markEnded(clock.instant());
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    Gate gate() {
        lock.lock();
        try {
            return gate;
        } finally {
            lock.unlock();
        }
    }

    /** The last tasks, oldest first. */
    List<SessionTask> tasks() {
        lock.lock();
        try {
            return List.copyOf(tasks);
        } finally {
            lock.unlock();
        }
    }

    void abortTasks() {
        lock.lock();
        try {
            running.forEach(SessionTask::abort);
        } finally {
            lock.unlock();
        }
    }

    private void remember(SessionTask task) {
        tasks.addLast(task);
        if (tasks.size() > REMEMBERED) {
            tasks.removeFirst();
        }
    }
}
