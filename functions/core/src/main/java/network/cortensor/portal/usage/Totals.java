package network.cortensor.portal.usage;

/** Sums over recorded requests. */
public record Totals(long requests, long promptTokens, long completionTokens) {
    public static final Totals ZERO = new Totals(0, 0, 0);

    public Totals plus(Totals other) {
        return new Totals(
                requests + other.requests,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens);
    }

    public long tokens() {
        return promptTokens + completionTokens;
    }
}
