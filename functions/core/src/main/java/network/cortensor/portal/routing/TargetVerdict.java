package network.cortensor.portal.routing;

import java.util.Locale;

/** What keeps a target from being picked, if anything does; the first that applies, in this order. */
public enum TargetVerdict {
    /** May be picked, if not always before others. */
    ELIGIBLE,
    /** The worst of alias, pool and target takes no new requests. */
    STATE,
    /** Its weight is 0. */
    WEIGHT,
    /** Its session ends before an attempt could. */
    SESSION_ENDS,
    /** The request is more than its pool's model can take. */
    MODEL,
    /** Its protocol cannot serve what the request needs. */
    FEATURE,
    /** Health has it out of rotation, and other open targets of its pool are in. */
    EJECTED,
    /** This request was sent to it before. */
    TRIED,
    /** Its server wants no new requests for a while. */
    LIMITED;

    /** Whether the target is open for requests like this one, before health and the request's own past are looked at. */
    boolean serves() {
        return switch (this) {
            case STATE, WEIGHT, SESSION_ENDS, MODEL, FEATURE -> false;
            case ELIGIBLE, EJECTED, TRIED, LIMITED -> true;
        };
    }

    /** The word in log lines and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
