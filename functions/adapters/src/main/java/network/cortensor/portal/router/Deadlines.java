package network.cortensor.portal.router;

import java.time.Duration;
import java.time.Instant;
import network.cortensor.portal.model.Failure.DeadlinePassed.Phase;

/** When one attempt has taken too long. All but the wait between two events counts from its opening, so that no drip of bytes moves it. */
record Deadlines(CallTimes times, Instant openedAt) {
    /**
     * How long the end of a stream is awaited behind its end reason, before the customer gets the end all the same. Both usually come
     * together, but text may follow, and OpenAI-compatible servers send their usage in between.
     */
    static final Duration AFTER_CONCLUSION = Duration.ofSeconds(1);

    /** How far an answer has come. */
    sealed interface Standing {
        /** No content yet. */
        record Silent() implements Standing {}

        /** @param lastEvent when something of our task was last heard */
        record Speaking(Instant lastEvent) implements Standing {}

        /** An end reason or an error was heard last, but not the stream's end. */
        record Concluded(Instant lastEvent) implements Standing {}
    }

    /** When the first byte must have left. */
    Instant sendBefore() {
        Instant connected = openedAt.plus(times.connect());
        Instant answered = next(new Standing.Silent()).at();
        return connected.isBefore(answered) ? connected : answered;
    }

    /** When the attempt is over whatever is heard. */
    Instant whole() {
        return openedAt.plus(
                switch (times.shape()) {
                    case CallTimes.Shape.Whole whole -> whole.whole();
                    case CallTimes.Shape.Streamed streamed -> streamed.whole();
                });
    }

    /** What ends the attempt, or the wait for its stream's end, unless something is heard before. */
    Deadline next(Standing standing) {
        return switch (times.shape()) {
            case CallTimes.Shape.Whole _ -> new Deadline(whole(), Phase.WHOLE_ANSWER);
            case CallTimes.Shape.Streamed streamed -> {
                Deadline whole = new Deadline(whole(), Phase.WHOLE_ANSWER);
                yield switch (standing) {
                    case Standing.Silent ignored ->
                        whole.or(new Deadline(openedAt.plus(streamed.firstToken()), Phase.FIRST_TOKEN));
                    case Standing.Speaking speaking ->
                        whole.or(new Deadline(speaking.lastEvent().plus(streamed.idle()), Phase.NEXT_EVENT));
                    case Standing.Concluded concluded ->
                        whole.or(new Deadline(concluded.lastEvent().plus(AFTER_CONCLUSION), Phase.NEXT_EVENT));
                };
            }
        };
    }

    /** @param phase what was waited for in vain */
    record Deadline(Instant at, Phase phase) {
        Duration left(Instant now) {
            return Duration.between(now, at);
        }

        /** The earlier one; of two at once the other. */
        private Deadline or(Deadline other) {
            return other.at.isAfter(at) ? this : other;
        }
    }
}
