package network.cortensor.portal.dispatch;

import java.time.Instant;
import network.cortensor.portal.completion.CompletionRequest;

/**
 * One customer's request, checked and ready to be sent.
 *
 * @param requestId ours, as in the answer's {@code x-request-id}
 * @param customer whom routes are kept steady for
 * @param alias the model name, known to exist
 * @param requests what is asked, of each model that may answer
 * @param form that the answer's text must have before the customer gets any of it
 * @param receivedAt when the request arrived; all deadlines count from here
 * @param killedAt when the platform ends this worker
 */
public record Job(
        String requestId,
        String customer,
        String alias,
        ModelRequests requests,
        AnswerCheck form,
        Wish wish,
        Origin origin,
        Instant receivedAt,
        Instant killedAt) {

    /** One that every model is asked in the same form, and whose answer may have any. */
    public Job(
            String requestId,
            String customer,
            String alias,
            CompletionRequest request,
            Wish wish,
            Origin origin,
            Instant receivedAt,
            Instant killedAt) {
        this(
                requestId,
                customer,
                alias,
                ModelRequests.only(request),
                new AnswerCheck.Any(),
                wish,
                origin,
                receivedAt,
                killedAt);
    }

    /** How the customer wants the answer. */
    public enum Wish {
        STREAM,
        /** As a stream that is made from a whole answer, whatever its pool does: later, and never broken off in its midst. */
        BUFFERED_STREAM,
        WHOLE;

        /** The same, but no part of an answer before there is all of it. */
        public Wish buffered() {
            return switch (this) {
                case STREAM, BUFFERED_STREAM -> BUFFERED_STREAM;
                case WHOLE -> WHOLE;
            };
        }
    }

    /** Whether an SDK sends this request for the first time. Retries get fewer attempts, because each may leave a task behind. */
    public enum Origin {
        FIRST_TRY,
        SDK_RETRY
    }
}
