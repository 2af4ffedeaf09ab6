package network.cortensor.portal.usage;

/** Sums over recorded requests. */
public record Totals(long requests, long promptTokens, long completionTokens) {
    public static final Totals ZERO = new Totals(0, 0, 0);

    public Totals plus(Totals other) {
        return new Totals(
                SaturatingSums.plus(requests, other.requests),
                SaturatingSums.plus(promptTokens, other.promptTokens),
                SaturatingSums.plus(completionTokens, other.completionTokens));
    }

    public long tokens() {
        return SaturatingSums.plus(promptTokens, completionTokens);
    }
}
