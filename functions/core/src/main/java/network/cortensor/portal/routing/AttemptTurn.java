package network.cortensor.portal.routing;

/** Which of a request's attempts a decision is for. */
public enum AttemptTurn {
    /** The first, or one that another may follow. */
    ONE_OF_SEVERAL,
    /** None can follow: a fallback pool that has a trusted target comes before the route's, which has failed already. */
    LAST
}
