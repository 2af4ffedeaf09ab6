package network.cortensor.portal.benchmarks.failover;

/**
 * What a caller got.
 *
 * @param text the answer as far as it came
 * @param error what went wrong, empty for an answer
 * @param namesTheFallback whether the answer says that the fallback's model gave it
 * @param usage whether it says what was used
 */
record BenchCall(End end, String text, String error, boolean namesTheFallback, boolean usage) {

    /** How it ended. */
    enum End {
        ANSWER,
        ERROR,
        HANG
    }

    static BenchCall failed(String error) {
        return new BenchCall(End.ERROR, "", error, false, false);
    }

    static BenchCall hung() {
        return new BenchCall(End.HANG, "", "no end in time", false, false);
    }

    boolean whole() {
        return end == End.ANSWER && text.strip().equals(String.join(" ", BrokenProvider.WORDS));
    }
}
