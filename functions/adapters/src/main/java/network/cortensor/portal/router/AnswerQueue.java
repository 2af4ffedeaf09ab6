package network.cortensor.portal.router;

import java.time.Instant;
import java.util.List;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.wire.Lines;

/** What an attempt's thread has got from a router, on its way to the caller who reads it. */
sealed interface AnswerQueue {
    /** The whole body of an answer in one piece. */
    record Whole(String body) implements AnswerQueue {}

    /**
     * The answer is a stream, from now on read by the caller itself: a token then needs no second thread.
     *
     * @param lines whose connection the caller closes
     */
    record Stream(Lines lines) implements AnswerQueue {}

    /**
     * One event of a stream, anything but {@code [DONE]}.
     *
     * @param at when the caller has read it
     */
    record Event(String data, Instant at) implements AnswerQueue {}

    /** No event of the stream follows. */
    record Over(StreamEnd end) implements AnswerQueue {}

    /** No answer that could be read, or no more of it. */
    record Failed(Failure failure) implements AnswerQueue {}

    /** The attempt's own thread has met a bug, or a worker that is falling apart. The exception's message is left behind: it may quote a router. */
    record Bug(String type, List<StackTraceElement> trace) implements AnswerQueue {
        static Bug of(Throwable bug) {
            return new Bug(bug.getClass().getName(), List.of(bug.getStackTrace()));
        }

        IllegalStateException raised() {
            IllegalStateException raised = new IllegalStateException("attempt broke: " + type);
            raised.setStackTrace(trace.toArray(StackTraceElement[]::new));
            return raised;
        }
    }
}
