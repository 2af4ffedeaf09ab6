package network.cortensor.portal.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What several memories know of the last failure of what they read from. For a moment after it, what is remembered is used without
 * another try; otherwise every request of an outage would wait for the time-outs of all its reads. Safe for use by many threads.
 */
public final class Outage {
    static final Duration HOLD_OFF = Duration.ofSeconds(1);

    private final Duration holdOff;
    private final Unremembered unremembered;
    private volatile Optional<Failed> last = Optional.empty();

    /** What is not remembered is tried all the same. */
    public Outage() {
        this(HOLD_OFF, Unremembered.TRIED);
    }

    /** @param holdOff how long after a failure nothing is tried */
    public Outage(Duration holdOff, Unremembered unremembered) {
        this.holdOff = holdOff;
        this.unremembered = unremembered;
    }

    /** What becomes of that of which nothing is remembered, just after a failure. */
    public enum Unremembered {
        /** It is read: its key may be one that works. */
        TRIED,
        /** It cannot be read either. For callers that have something else to turn to. */
        REFUSED
    }

    private record Failed(Unreadable failure, Instant at) {}

    /** For a single thing that its store may refuse while all else can be read. */
    Outage ofOne() {
        return new Outage(holdOff, unremembered);
    }

    void failed(Unreadable failure, Instant at) {
        last = Optional.of(new Failed(failure, at));
    }

    boolean justFailed(Instant now) {
        return just(now).isPresent();
    }

    /** The failure that stands for another try at what is not remembered. */
    Optional<Unreadable> refusal(Instant now) {
        return switch (unremembered) {
            case TRIED -> Optional.empty();
            case REFUSED -> just(now).map(Failed::failure);
        };
    }

    private Optional<Failed> just(Instant now) {
        return last.filter(failed -> now.isBefore(failed.at().plus(holdOff)));
    }
}
