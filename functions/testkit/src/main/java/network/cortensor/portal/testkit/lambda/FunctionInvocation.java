package network.cortensor.portal.testkit.lambda;

import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One invocation of the function, as its caller sees it. Safe for use by many threads; the body is read by one. */
public final class FunctionInvocation {

    /** The first that a caller learns. */
    public sealed interface Beginning {
        /**
         * The function answers.
         *
         * @param body comes as it is written; throws {@link BrokenResponse} where it breaks off. Close it to let the rest go unread.
         */
        record Begun(String contentType, InputStream body) implements Beginning {}

        /** The function failed before it answered. */
        record Failed(ReportedError error) implements Beginning {}
    }

    private final String requestId;
    private final String invocationId = UUID.randomUUID().toString();
    private final byte[] event;
    private final CountDownLatch pickedUp = new CountDownLatch(1);
    private final CompletableFuture<Beginning> beginning = new CompletableFuture<>();
    private volatile long deadline;
    private Optional<ResponsePipe> pipe = Optional.empty();

    FunctionInvocation(String requestId, byte[] event) {
        this.requestId = requestId;
        this.event = event;
    }

    public String requestId() {
        return requestId;
    }

    /** Waits for a free environment, however long that takes, and then for the function, until its time is over. */
    public Beginning beginning() throws InterruptedException {
        pickedUp.await();
        try {
            return beginning.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            fail(ReportedError.TIMED_OUT);
            return beginning.join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a beginning is only ever completed with a value", e);
        }
    }

    /** Tells apart two invocations with one request id. */
    public String invocationId() {
        return invocationId;
    }

    /** Whether its time ran out before an answer was whole. */
    boolean expired() {
        return pickedUp.getCount() == 0 && System.nanoTime() - deadline > 0;
    }

    /** Whether an environment has it. */
    boolean begun() {
        return pickedUp.getCount() == 0;
    }

    byte[] event() {
        return event;
    }

    void pickUp(Duration timeout) {
        deadline = System.nanoTime() + timeout.toNanos();
        pickedUp.countDown();
    }

    /** Where the response goes, or empty when this invocation has been answered already. */
    synchronized Optional<ResponsePipe> begin(String contentType) {
        ResponsePipe opened = new ResponsePipe(deadline);
        if (!beginning.complete(new Beginning.Begun(contentType, opened))) {
            return Optional.empty();
        }
        pipe = Optional.of(opened);
        return pipe;
    }

    /** Ends the invocation with an error, whether it has begun or not; false if it had begun. */
    synchronized boolean fail(ReportedError error) {
        boolean before = beginning.complete(new Beginning.Failed(error));
        pickedUp.countDown();
        pipe.ifPresent(begun -> begun.breakOff(error));
        return before;
    }
}
