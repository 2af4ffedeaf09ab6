package network.cortensor.portal.time;

import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A call with its result: run by one thread, awaited by others. */
public final class BegunCall<T, X extends Exception> implements Runnable, SideBySide.Pending<T, X> {
    private final FutureTask<T> task;

    public BegunCall(SideBySide.Call<T, X> call) {
        this.task = new FutureTask<>(call::run);
    }

    /** Carries the call out. Never throws. */
    @Override
    public void run() {
        task.run();
    }

    @Override
    public T await() throws X {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw declared(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A call throws nothing else than what it declares, runtime exceptions and errors. */
    @SuppressWarnings("unchecked")
    private X declared(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> (X) Objects.requireNonNull(e.getCause());
        };
    }
}
