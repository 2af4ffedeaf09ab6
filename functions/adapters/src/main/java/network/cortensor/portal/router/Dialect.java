package network.cortensor.portal.router;

import network.cortensor.portal.model.Failure;
import network.cortensor.portal.wire.Request;

/** One attempt in the terms of one protocol: what to send, and what to make of what comes back. Used by one thread. */
interface Dialect {
    /** The request, without the router's key. */
    Request request();

    /** What an answer other than 200 means. */
    Failure refusal(Rebuff rebuff);

    /** Whether the body of an answer with this status, other than 200, is worth reading. */
    boolean tells(int status);

    /** Reads this attempt's answer. */
    AnswerReader reader();
}
