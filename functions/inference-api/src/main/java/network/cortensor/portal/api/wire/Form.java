package network.cortensor.portal.api.wire;

import network.cortensor.portal.api.http.ApiReply;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Job.Wish;

/** How an answer is to be written: in which format, as a stream or whole, with or without usage. */
public record Form(Wish wish, Opener opener) {

    /** Makes the delivery of one answer. */
    @FunctionalInterface
    public interface Opener {
        /** @param tally has counted every event before it is delivered */
        Delivery open(Head head, TokenTally tally, ApiReply reply);
    }
}
