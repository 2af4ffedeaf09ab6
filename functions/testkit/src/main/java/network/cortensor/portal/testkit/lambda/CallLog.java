package network.cortensor.portal.testkit.lambda;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps every call in order, for tests. It grows without bound. Safe for use by many threads. */
public final class CallLog implements Consumer<RuntimeCall> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final List<RuntimeCall> calls = new ArrayList<>();

    @Override
    public void accept(RuntimeCall call) {
        lock.lock();
        try {
            calls.add(call);
            added.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All calls so far. */
    public List<RuntimeCall> calls() {
        lock.lock();
        try {
            return List.copyOf(calls);
        } finally {
            lock.unlock();
        }
    }

    /** The first call of this kind, waited for if it has not come yet; empty when it does not come in time. */
    public Optional<RuntimeCall> await(Predicate<RuntimeCall> kind, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (left > 0 && calls.stream().noneMatch(kind)) {
                left = added.awaitNanos(left);
            }
            return calls.stream().filter(kind).findFirst();
        } finally {
            lock.unlock();
        }
    }
}
