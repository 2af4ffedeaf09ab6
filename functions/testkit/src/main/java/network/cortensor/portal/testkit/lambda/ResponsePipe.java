package network.cortensor.portal.testkit.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries one response from the environment that writes it to the caller that reads it, chunk by chunk. A caller that reads slowly
 * holds the environment up, as on AWS; one that has closed the stream lets it run on.
 */
final class ResponsePipe extends InputStream {
    /** Bytes on their way before the environment has to wait. */
    static final int CAPACITY = 256 * 1024;

    private sealed interface End {
        record Clean() implements End {}

        record Broken(ReportedError error) implements End {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    /** When the function's time is over, on the scale of {@link System#nanoTime}. */
    private final long deadline;

    private int held;
    private int consumedOfFirst;
    private boolean closed;
    private Optional<End> end = Optional.empty();

    ResponsePipe(long deadline) {
        this.deadline = deadline;
    }

    /**
     * Hands a chunk over; waits while too much is on its way.
     *
     * @throws BrokenResponse if the function's time is over
     */
    void put(byte[] chunk) throws BrokenResponse, InterruptedException {
        lock.lock();
        try {
            long left = deadline - System.nanoTime();
            while (left > 0 && held > 0 && held + chunk.length > CAPACITY && !closed) {
                left = changed.awaitNanos(left);
            }
            if (left <= 0) {
                throw new BrokenResponse(ReportedError.TIMED_OUT);
            }
            if (!closed) {
                chunks.add(chunk);
                held += chunk.length;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The response is whole. */
    void finish() {
        end(new End.Clean());
    }

    /** The response ends here, although it is not whole. */
    void breakOff(ReportedError error) {
        end(new End.Broken(error));
    }

    private void end(End reason) {
        lock.lock();
        try {
            end = end.or(() -> Optional.of(reason));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Returns what is there, of one chunk at most. */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitChunkOrEnd();
            return chunks.isEmpty() ? ended(end.orElseThrow()) : take(buffer, offset, length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            chunks.clear();
            held = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static int ended(End end) throws BrokenResponse {
        return switch (end) {
            case End.Clean() -> -1;
            case End.Broken(ReportedError error) -> throw new BrokenResponse(error);
        };
    }

    private void awaitChunkOrEnd() throws IOException {
        long left = deadline - System.nanoTime();
        try {
            while (chunks.isEmpty() && end.isEmpty()) {
                if (left <= 0) {
                    throw new BrokenResponse(ReportedError.TIMED_OUT);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a response was read");
        }
    }

    private int take(byte[] buffer, int offset, int length) {
        byte[] first = chunks.getFirst();
        int count = Math.min(length, first.length - consumedOfFirst);
        System.arraycopy(first, consumedOfFirst, buffer, offset, count);
        consumedOfFirst += count;
        if (consumedOfFirst == first.length) {
            chunks.removeFirst();
            consumedOfFirst = 0;
            held -= first.length;
            changed.signalAll();
        }
        return count;
    }
}
