package network.cortensor.portal.completion;

/** Tokens of one request. */
public record Usage(long promptTokens, long completionTokens) {
    public long totalTokens() {
        return promptTokens + completionTokens;
    }
}
