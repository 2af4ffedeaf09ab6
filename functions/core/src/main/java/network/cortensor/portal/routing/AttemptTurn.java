package network.cortensor.portal.routing;

/**
 * Which of a request's attempts a decision is for.
 *
 * @param left how many there can be yet, this one included
 */
public record AttemptTurn(int left) {
    /** The first of a request, for which its route has its chance whatever may follow. */
    public static final AttemptTurn FIRST = new AttemptTurn(Integer.MAX_VALUE);

    /** None can follow. */
    public static final AttemptTurn LAST = new AttemptTurn(1);

    public AttemptTurn {
        if (left < 1) {
            throw new IllegalArgumentException("left: " + left + " (expected: >= 1)");
        }
    }
}
