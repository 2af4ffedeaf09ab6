package network.cortensor.portal.dispatch;

import java.io.IOException;

/**
 * Sends requests to the targets of their alias's pools, one attempt at a time, each on a slot of its own.
 *
 * <p>Another attempt follows a failed one only before the first token, and never when the answer said that the request itself is wrong. It is on another
 * target, but for one whose model wrote a bad answer where no other is left, or that failed only briefly where else another model would answer. An attempt of which nothing was sent leaves no task behind, and costs none of the request's attempts. A customer's
 * request therefore costs at most {@code maxAttempts} router tasks (3 by default). An official SDK
 * repeats a failed request twice, and each repetition gets at most 2 attempts: 3 + 2 + 2 = 7 tasks are the worst case.
 */
public final class PoolDispatcher implements Dispatcher {
    private final DispatcherParts parts;
    private final WorkerMemory memory = new WorkerMemory();

    public PoolDispatcher(DispatcherParts parts) {
        this.parts = parts;
    }

    @Override
    public Outcome dispatch(Job job, Delivery delivery) throws IOException, InterruptedException {
        try (Preparation nothing = prepare(job.customer())) {
            return nothing.dispatch(job, () -> true, delivery);
        }
    }

    @Override
    public Preparation prepare(String customer) {
        return new PoolPreparation(parts, memory, customer);
    }
}
