package network.cortensor.portal.dispatch;

import java.time.Duration;

/** Why a request got no whole answer; each has its row in the customers' error table. */
public sealed interface Refusal {
    /** The alias is gone since the request was checked. */
    record UnknownAlias() implements Refusal {}

    /** No route of the alias leads to an open target. */
    record NoRouteOpen() implements Refusal {}

    /**
     * Every slot was busy for as long as the pool lets requests wait.
     *
     * @param retryAfter when a slot is likely to be free, 1 to 60 s
     */
    record AllBusy(Duration retryAfter) implements Refusal {}

    /** Every attempt failed. */
    record AttemptsFailed() implements Refusal {}

    /** Time ran out, and tasks of ours may still keep sessions busy. */
    record TimedOut() implements Refusal {}

    /** The model's server says that the request itself is wrong. */
    record RequestRejected() implements Refusal {}

    /** The catalog or the slots cannot be read. */
    record StoreUnavailable() implements Refusal {}

    /** The answer broke off after its first token. */
    record BrokenOff() implements Refusal {}
}
