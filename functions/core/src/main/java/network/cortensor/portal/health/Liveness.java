package network.cortensor.portal.health;

import java.util.Locale;

/**
 * What a cheap look at a router says about one target, without asking for a completion.
 *
 * <p>Liveness is weak evidence: {@code /status} answers 200 with no miner at all, and what {@code /sessions} lists is known from clients
 * only. It may take a target out of rotation, it never brings one back, and what it {@linkplain #disprovable() claims} about a session
 * gives way to an answer that was really served.
 */
public enum Liveness {
    /** The router answers, and nothing speaks against the session. */
    ALIVE,
    /** Alive, and the session ends within a day: operators should renew it. */
    EXPIRES_SOON,
    /** The session is over, by the catalog. Routing has closed the target already. */
    EXPIRED,
    /** Something answers, but not with what we know how to read: many routers publish their completions only. Says nothing. */
    UNREADABLE,
    /** Nothing answers, or only what stands in front of the router does. */
    ROUTER_DOWN,
    /** The router does not list the session. */
    SESSION_MISSING,
    /** The router lists the session as not active. */
    SESSION_INACTIVE,
    /** The session, or the whole router, has no miner. */
    NO_MINERS;

    /** The word in tables, log lines and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is evidence against the target. */
    public boolean bad() {
        return switch (this) {
            case ROUTER_DOWN, SESSION_MISSING, SESSION_INACTIVE, NO_MINERS -> true;
            case ALIVE, EXPIRES_SOON, EXPIRED, UNREADABLE -> false;
        };
    }

    /** Whether this is only a claim of the router, which a served answer proves wrong. */
    public boolean disprovable() {
        return bad() && this != ROUTER_DOWN;
    }
}
