package network.cortensor.portal.health;

import java.util.Locale;

/** What health says about a target at one instant; routing needs no more than this. */
public enum Standing {
    /** Its last success is fresh, and nothing has spoken against it since. */
    GOOD,
    /** No fresh success, or a failure since: usable, after those known good. */
    UNKNOWN,
    /** Out of rotation, unless every open target of the pool is. */
    EJECTED;

    /** The word in log lines and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
