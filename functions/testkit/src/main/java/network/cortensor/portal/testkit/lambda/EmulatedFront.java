package network.cortensor.portal.testkit.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One of the two ways in: what a customer's request becomes for the function, and what the front itself says when it must. */
public sealed interface EmulatedFront permits ApiGateway, FunctionUrl {
    /** Lambda's own limit on an event: 6 MiB and what it allows for its envelope. */
    int EVENT_LIMIT = 6_291_556;

    /** What becomes of a request. */
    sealed interface Admission {
        /** The function gets this event. */
        record Event(ObjectNode json) implements Admission {}

        /** The front answers by itself. */
        record Refused(Refusal refusal) implements Admission {}
    }

    /** An answer of the front's own. */
    record Refusal(int status, String contentType, String body) {}

    /** The largest body in bytes. */
    int bodyLimit();

    Admission admit(Incoming request);

    /** The answer to a body over the limit, or to an event over Lambda's. */
    Refusal tooLarge();

    /** The answer when the function failed before it answered. */
    Refusal functionFailed();
}
