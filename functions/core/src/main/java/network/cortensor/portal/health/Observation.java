package network.cortensor.portal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.SpecialTokens;

/** One thing that was seen of one target, by real traffic or by the prober. */
public sealed interface Observation {

    /** Whether it speaks against the target. */
    boolean bad();

    /**
     * A customer's request got its whole answer.
     *
     * @param firstToken from the first byte sent to the first token, where there was one
     */
    record Served(Optional<Duration> firstToken) implements Observation {
        @Override
        public boolean bad() {
            return false;
        }
    }

    /** An attempt for a customer failed. */
    record Failed(Failure failure) implements Observation {
        /** What is the customer's matter, ours or nobody's says nothing about the target. */
        @Override
        public boolean bad() {
            return failure.blame() == Failure.Blame.TARGET;
        }
    }

    /**
     * The target's server wants no new requests for a while.
     *
     * @param until when it may be asked again
     */
    record Limited(Instant until) implements Observation {
        @Override
        public boolean bad() {
            return false;
        }
    }

    /**
     * A deep probe got text.
     *
     * @param firstToken from the first byte sent to the first token
     * @param specialTokens what the text showed of them; {@link SpecialTokens#UNKNOWN} if nothing
     */
    record ProbePassed(Duration firstToken, SpecialTokens specialTokens) implements Observation {
        /** Its text showed nothing of special tokens. */
        public ProbePassed(Duration firstToken) {
            this(firstToken, SpecialTokens.UNKNOWN);
        }

        @Override
        public boolean bad() {
            return false;
        }
    }

    /** A deep probe got no text. */
    record ProbeFailed(Failure failure) implements Observation {
        /** The prober's requests are right, so that a refusal of any kind is the target's. */
        @Override
        public boolean bad() {
            return true;
        }
    }

    /** The prober took a look without asking for a completion. */
    record Looked(Liveness liveness) implements Observation {
        @Override
        public boolean bad() {
            return liveness.bad();
        }
    }

    /**
     * The target takes no new requests, and none is in flight from {@code since} on.
     *
     * @param since ahead of now where no table shows what is in flight: then it is when the longest possible request is over
     */
    record Drained(Instant since) implements Observation {
        @Override
        public boolean bad() {
            return false;
        }
    }

    /** The target takes requests, or some are still in flight. */
    record InUse() implements Observation {
        @Override
        public boolean bad() {
            return false;
        }
    }
}
