package network.cortensor.portal.routing;

/** How far a target that may be picked is trusted to answer, from best to worst. A worse one is tried only when no better one is left in any pool. */
public enum Trust {
    /** In rotation, and nothing spoke against it just now. */
    TRUSTED,
    /** In rotation, but this worker has just met it silent or out of reach. */
    SUSPECT,
    /** Out of rotation, like every other open target of its pool: the pool fails open. */
    EJECTED
}
