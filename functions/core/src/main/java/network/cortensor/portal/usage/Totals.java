package network.cortensor.portal.usage;

/** Sums over recorded requests. */
public record Totals(long requests, long promptTokens, long completionTokens) {
    public static final Totals ZERO = new Totals(0, 0, 0);

    public Totals plus(Totals other) {
        return new Totals(
                Sums.plus(requests, other.requests),
                Sums.plus(promptTokens, other.promptTokens),
                Sums.plus(completionTokens, other.completionTokens));
    }

    public long tokens() {
        return Sums.plus(promptTokens, completionTokens);
    }
}
