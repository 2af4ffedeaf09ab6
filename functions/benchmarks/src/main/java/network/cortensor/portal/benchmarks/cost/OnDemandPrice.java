package network.cortensor.portal.benchmarks.cost;

/** What Lambda asks for requests that each have an environment for themselves. */
public final class OnDemandPrice {
    private static final double MILLION = 1_000_000;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MEBIBYTES_PER_GB = 1_024;

    private OnDemandPrice() {}

    /**
     * Dollars for a million requests.
     *
     * @param millis that each takes
     */
    public static double ofMillion(double millis, int mebibytes) {
        double gbSeconds = millis / MILLIS_PER_SECOND * mebibytes / MEBIBYTES_PER_GB;
        return MILLION * (gbSeconds * Prices.LAMBDA_GB_SECOND + Prices.LAMBDA_REQUEST);
    }
}
