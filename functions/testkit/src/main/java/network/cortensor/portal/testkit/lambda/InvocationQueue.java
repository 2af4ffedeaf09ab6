package network.cortensor.portal.testkit.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Invocations that wait for an environment, and environments that wait for an invocation, each in the order of arrival. Safe for use by many threads. */
final class InvocationQueue {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Deque<FunctionInvocation> waiting = new ArrayDeque<>();
    private final int places;
    private int parked;
    private int generation;

    /** @param places how many may wait for an invocation at once */
    InvocationQueue(int places) {
        this.places = places;
    }

    void add(FunctionInvocation invocation) {
        lock.lock();
        try {
            waiting.add(invocation);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next invocation, waited for; empty if too many wait already, or if all that wait are sent away meanwhile. */
    Optional<FunctionInvocation> take() throws InterruptedException {
        lock.lock();
        try {
            if (parked == places) {
                return Optional.empty();
            }
            parked++;
            try {
                int mine = generation;
                while (waiting.isEmpty() && generation == mine) {
                    changed.await();
                }
                return generation == mine ? Optional.of(waiting.remove()) : Optional.empty();
            } finally {
                parked--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for an invocation. */
    int parked() {
        lock.lock();
        try {
            return parked;
        } finally {
            lock.unlock();
        }
    }

    /** Sends away all that wait for an invocation. */
    void sendAway() {
        lock.lock();
        try {
            generation++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
