package network.cortensor.portal.dispatch;

import java.time.Duration;

/** Why a request got no whole answer; each has its row in the customers' error table. */
public sealed interface Refusal {
    /** The alias is gone since the request was checked. */
    record UnknownAlias() implements Refusal {}

    /** No route of the alias leads to an open target. */
    record NoRouteOpen() implements Refusal {}

    /**
     * Every slot was busy for as long as the pool lets requests wait, or every server wants no new requests for a while.
     *
     * @param retryAfter when a slot is likely to be free, or a server may be asked again, 1 to 60 s
     */
    record AllBusy(Duration retryAfter) implements Refusal {}

    /** Every attempt failed. */
    record AttemptsFailed() implements Refusal {}

    /** Every attempt failed, and the last one because the answer, or a call in it, had not the form that was asked for. */
    record FormMissed() implements Refusal {}

    /** Time ran out, and tasks of ours may still keep sessions busy. */
    record TimedOut() implements Refusal {}

    /** The model's server says that the request itself is wrong. */
    record RequestRejected() implements Refusal {}

    /** The model's server says that the request is longer than its context. */
    record ContextExceeded() implements Refusal {}

    /** The model's server says that what the request asks for is not allowed. */
    record ContentRejected() implements Refusal {}

    /** The catalog, the slots, or our credential for every target cannot be read. */
    record StoreUnavailable() implements Refusal {}

    /** The answer broke off after its first token. */
    record BrokenOff() implements Refusal {}
}
