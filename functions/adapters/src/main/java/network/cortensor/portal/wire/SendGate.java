package network.cortensor.portal.wire;

import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;

/**
 * How far an exchange has come. Whether its first byte may leave is decided here, once, between the thread that sends and the one that
 * gives up. Safe for use by both.
 */
final class SendGate {
    private Stage stage = Stage.WAITING;
    private boolean ready;
    private boolean givenUp;

    /** The request has what it needs. A connection may have been made ahead, but until now nothing has waited for it. */
    synchronized void ready() {
        ready = true;
    }

    /** Only the sending thread goes on. */
    synchronized void enter(Stage next) throws GivenUp {
        if (givenUp) {
            throw new GivenUp();
        }
        stage = next;
    }

    synchronized boolean sent() {
        return stage == Stage.SENT;
    }

    synchronized boolean givenUp() {
        return givenUp;
    }

    /** What stood in the way; empty, and nothing changes, if the request may have left or the exchange is over by itself. */
    synchronized Optional<Failure> giveUpUnsent() {
        if (givenUp || stage == Stage.SENT) {
            return Optional.empty();
        }
        givenUp = true;
        return Optional.of(failure());
    }

    /** Nothing goes on from here. */
    synchronized void giveUp() {
        givenUp = true;
    }

    /** The failure of something that goes wrong now. */
    synchronized Failure failure() {
        return ready ? stage.failure() : Stage.WAITING.failure();
    }

    /** What is being done. */
    enum Stage {
        /** For what the request needs, its credential. */
        WAITING,
        RESOLVING,
        CONNECTING,
        SECURING,
        /** The first byte may have left. */
        SENT;

        Failure failure() {
            return switch (this) {
                case WAITING -> Failure.NotSent.NO_CREDENTIAL;
                case RESOLVING -> new Failure.NotSent(Cause.DNS);
                case CONNECTING -> new Failure.NotSent(Cause.CONNECT);
                case SECURING -> new Failure.NotSent(Cause.TLS);
                case SENT -> new Failure.ConnectionLost();
            };
        }
    }
}
