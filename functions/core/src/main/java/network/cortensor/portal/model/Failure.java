package network.cortensor.portal.model;

import java.util.Locale;

/**
 * Why an attempt or a probe did not work. Values hold kinds and numbers only, never a text from a router.
 *
 * <p>What matters most is whether the router {@linkplain #taskEnded() has ended its task}: only then may the session's slot be
 * released, because routers do not cancel and a second task on a busy session may swap answers between customers.
 */
public sealed interface Failure {

    /** Nothing was sent because the router's credential is missing or cannot be read: an operator's to mend, whatever the router does. */
    Failure NO_CREDENTIAL = new NotSent(NotSent.Cause.NO_CREDENTIAL);

    /** The stable name in log lines, metrics and health. */
    String kind();

    /** Whether the router surely works on nothing for us any more, so that the slot may be released. */
    boolean taskEnded();

    /** No byte of the request left: nothing to wait for. */
    record NotSent(Cause cause) implements Failure {
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

    /** An answer that says the customer's request itself is wrong: no other target would take it. */
    record RequestRejected(int status) implements Failure {
        @Override
        public String kind() {
            return "request_rejected_" + status;
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
}
