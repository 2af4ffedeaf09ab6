package network.cortensor.portal.model;

import java.util.Locale;

/**
 * What operators want of an alias, a pool or a target, from best to worst. The <em>effective</em> state of a target on a
 * route is the {@linkplain #worst worst} of the three.
 */
public enum State {
    /** Takes new requests. */
    LIVE,
    /** Takes new requests only where nothing live has a free slot. */
    DEGRADED,
    /** Takes no new requests; those in flight run to their end. */
    DRAINING,
    /** Takes no new requests, and those that wait for it are refused at once; those in flight run to their end. */
    PAUSED;

    /** The word in tables, files and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether new requests may be sent at all. */
    public boolean takesRequests() {
        return switch (this) {
            case LIVE, DEGRADED -> true;
            case DRAINING, PAUSED -> false;
        };
    }

    public State worst(State other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
