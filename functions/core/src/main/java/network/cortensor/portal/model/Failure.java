package network.cortensor.portal.model;

import java.time.Duration;
import java.util.Locale;

/**
 * Why an attempt or a probe did not work. Values hold kinds and numbers only, never a text from a router.
 *
 * <p>What matters most is whether the router {@linkplain #taskEnded() has ended its task}: only then may the session's slot be
 * released, because routers do not cancel and a second task on a busy session may swap answers between customers.
 */
public sealed interface Failure {

    /** The stable name in log lines, metrics and health. */
    String kind();

    /** Whether the router surely works on nothing for us any more, so that the slot may be released. */
    boolean taskEnded();

    /** Whose matter it is. Only {@link Blame#TARGET} is evidence against a target. */
    default Blame blame() {
        return Blame.TARGET;
    }

    /** Who must do something about a failure. */
    enum Blame {
        /** The router, its session, or what it stands on. */
        TARGET,
        /** The customer: the request is wrong wherever it is sent. */
        CUSTOMER,
        /** This deployment: its credentials, or what it allows itself. */
        OURS,
        /** Nobody: a server that says that it has enough to do is well, and so is one whose model calls a function badly. */
        NOBODY
    }

    /** No byte of the request left: nothing to wait for. */
    record NotSent(Cause cause) implements Failure {
        /** The router's credential is missing or cannot be read: an operator's to mend, whatever the router does. */
        public static final NotSent NO_CREDENTIAL = new NotSent(Cause.NO_CREDENTIAL);

        /** What was in the way. */
        public enum Cause {
            DNS,
            CONNECT,
            TLS,
            /** The address or host is not one that this deployment may speak to. */
            FORBIDDEN_ADDRESS,
            /** The router's key could not be read. */
            NO_CREDENTIAL
        }

        @Override
        public Blame blame() {
            return switch (cause) {
                case DNS, CONNECT, TLS -> Blame.TARGET;
                case FORBIDDEN_ADDRESS, NO_CREDENTIAL -> Blame.OURS;
            };
        }

        @Override
        public String kind() {
            return "not_sent_" + cause.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /** A 4xx: the router refused the request or how it was addressed. */
    record Refused(int status) implements Failure {
        @Override
        public String kind() {
            return "refused_" + status;
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /**
     * The server has enough to do, and wants no new requests for a while.
     *
     * @param retryAfter how long until it may be asked again
     */
    record Limited(Duration retryAfter) implements Failure {
        /** The longest wait that is believed; then the server is asked again. */
        public static final Duration LONGEST = Duration.ofMinutes(10);

        public Limited {
            if (!retryAfter.isPositive() || retryAfter.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "retryAfter: " + retryAfter + " (expected: > 0, <= " + LONGEST + ")");
            }
        }

        @Override
        public String kind() {
            return "limited";
        }

        @Override
        public boolean taskEnded() {
            return true;
        }

        @Override
        public Blame blame() {
            return Blame.NOBODY;
        }
    }

    /** An answer that says the customer's request itself is wrong: no other target of the pool would take it. */
    record RequestRejected(int status, Reason reason) implements Failure {
        /** What is wrong with the request. */
        public enum Reason {
            /** It is longer than the model's context; a pool with a larger one may take it. */
            CONTEXT,
            /** What it asks for is not allowed there. */
            CONTENT,
            /** Anything else. */
            OTHER
        }

        /** Something else than its length or its content. */
        public RequestRejected(int status) {
            this(status, Reason.OTHER);
        }

        @Override
        public String kind() {
            return "request_rejected_"
                    + switch (reason) {
                        case CONTEXT -> "context";
                        case CONTENT -> "content";
                        case OTHER -> Integer.toString(status);
                    };
        }

        @Override
        public Blame blame() {
            return Blame.CUSTOMER;
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /** A 500: the router gave the task up. */
    record RouterError() implements Failure {
        @Override
        public String kind() {
            return "router_error";
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /** A complete 200 that holds no text: empty, {@code ended}, a URN, or an error in the body. */
    record NoResult() implements Failure {
        @Override
        public String kind() {
            return "no_result";
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /** Our deadline passed; the router may go on working. */
    record DeadlinePassed(Phase phase) implements Failure {
        /** What was waited for. */
        public enum Phase {
            FIRST_TOKEN,
            NEXT_EVENT,
            WHOLE_ANSWER
        }

        @Override
        public String kind() {
            return "deadline_" + phase.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** The connection was lost after the first byte was sent and before an answer began. */
    record ConnectionLost() implements Failure {
        @Override
        public String kind() {
            return "connection_lost";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** The answer broke off, or ended without its end marker. */
    record Cut() implements Failure {
        @Override
        public String kind() {
            return "cut";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** The answer named an end reason that is no end of an answer, such as {@code timeout}: whether the task is over is not said. */
    record UnknownEnd() implements Failure {
        @Override
        public String kind() {
            return "unknown_end";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** A 502, 503 or 504: something in front of the router spoke, and the task may go on behind it. */
    record GatewayError(int status) implements Failure {
        @Override
        public String kind() {
            return "gateway_" + status;
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** A complete 502, 503 or 504 of a server without sessions: whatever is in front of it, nobody else's answer can be mixed up with ours. */
    record Unavailable(int status) implements Failure {
        @Override
        public String kind() {
            return "unavailable_" + status;
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /** A 200 that says the task is still queued or running. */
    record Pending() implements Failure {
        @Override
        public String kind() {
            return "pending";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** An answer for another session or task than ours, or the router's own word of a mix-up. */
    record Mismatch() implements Failure {
        @Override
        public String kind() {
            return "mismatch";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** An answer larger than any that we would pass on. */
    record Oversized() implements Failure {
        @Override
        public String kind() {
            return "oversized";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** Bytes that are no answer of this protocol: another content type, broken JSON, a redirect, an unknown status. */
    record Unintelligible() implements Failure {
        @Override
        public String kind() {
            return "unintelligible";
        }

        @Override
        public boolean taskEnded() {
            return false;
        }
    }

    /** A whole answer that calls a function in a way that nobody could execute. Another try may call it well. */
    record InvalidCall(Fault fault) implements Failure {
        /** What is wrong with the call. */
        public enum Fault {
            /** It names a function that the request does not offer. */
            NOT_OFFERED,
            /** Its arguments are no JSON object. */
            NO_JSON,
            /** Its arguments do not fit the schema, which the request asked to be strict about. */
            DOES_NOT_FIT
        }

        @Override
        public Blame blame() {
            return Blame.NOBODY;
        }

        @Override
        public String kind() {
            return "invalid_call_" + fault.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }

    /** A whole answer that was to be JSON of a certain form, and is not. Another try may do better. */
    record InvalidForm() implements Failure {
        @Override
        public Blame blame() {
            return Blame.NOBODY;
        }

        @Override
        public String kind() {
            return "invalid_form";
        }

        @Override
        public boolean taskEnded() {
            return true;
        }
    }
}
