package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.router.Approach;
import network.cortensor.portal.router.CallTimes;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.router.RouterCall;
import network.cortensor.portal.router.RouterEvent;
import network.cortensor.portal.time.Pause;

/**
 * The end of this worker while it serves requests. The platform allows some 600 ms for it, so requests that wait for a router or a slot stop
 * waiting at once: their waits throw {@link Begun}, their customers get an error, and their usage is settled. A call of a table runs on to its
 * own end, because nobody would know what became of one that was cut short. Safe for use by many threads.
 */
public final class WorkerEnd {
    private final Pause pause;
    private final Set<Thread> waiting = new HashSet<>();
    private boolean begun;

    public WorkerEnd() {
        this(Thread::sleep);
    }

    /** @param pause how time passes for those who wait for a slot */
    public WorkerEnd(Pause pause) {
        this.pause = pause;
    }

    /** The worker ends. */
    public static final class Begun extends InterruptedException {
        private Begun() {
            super("the worker ends");
        }
    }

    /** Something that waits, and that an interrupt wakes. */
    @FunctionalInterface
    private interface Wait<T> {
        T run() throws InterruptedException;
    }

    /** Ends every wait of a request, and lets none begin. */
    public synchronized void begin() {
        begun = true;
        waiting.forEach(Thread::interrupt);
    }

    /** A router whose calls end with the worker. */
    public Router around(Router router) {
        return new Router() {
            @Override
            public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
                return around(router.open(target, request, times));
            }

            @Override
            public Approach approach(Target target, Duration within) {
                return around(router.approach(target, within));
            }

            @Override
            public void readCredential(Target target) {
                router.readCredential(target);
            }
        };
    }

    private Approach around(Approach approach) {
        return new Approach() {
            @Override
            public boolean leadsTo(Target target) {
                return approach.leadsTo(target);
            }

            @Override
            public RouterCall open(Target target, CompletionRequest request, CallTimes times) {
                return around(approach.open(target, request, times));
            }

            @Override
            public void close() {
                approach.close();
            }
        };
    }

    private RouterCall around(RouterCall call) {
        return new RouterCall() {
            @Override
            public Optional<RouterEvent> next(Duration wait) throws InterruptedException {
                return unlessBegun(() -> call.next(wait));
            }

            // The customer has the answer; nobody is there any more to wait for the router.
            @Override
            public boolean taskEnded() throws InterruptedException {
                try {
                    return unlessBegun(call::taskEnded);
                } catch (Begun end) {
                    return false;
                }
            }

            @Override
            public boolean unsent() {
                return call.unsent();
            }

            @Override
            public void close() {
                call.close();
            }
        };
    }

    /** Lets time pass, as long as the worker does not end. */
    public void pause(Duration duration) throws InterruptedException {
        unlessBegun(() -> {
            pause.pause(duration);
            return Optional.empty();
        });
    }

    private <T> T unlessBegun(Wait<T> wait) throws InterruptedException {
        enter();
        try {
            return wait.run();
        } catch (InterruptedException e) {
            throw begun() ? new Begun() : e;
        } finally {
            leave();
        }
    }

    private synchronized boolean begun() {
        return begun;
    }

    private synchronized void enter() throws Begun {
        if (begun) {
            throw new Begun();
        }
        waiting.add(Thread.currentThread());
    }

    /** An interrupt of ours that came too late for its wait must not hit the next call of a table. */
    private synchronized void leave() {
        waiting.remove(Thread.currentThread());
        if (begun) {
            Thread.interrupted();
        }
    }
}
