package network.cortensor.portal.runtime;

import java.util.Map;

/**
 * Where the Runtime API is, and what kind of environment this is.
 *
 * @param host a name or an address
 */
public record RuntimeConfig(String host, int port, Compute compute) {

    /** The ways in which Lambda runs a function. */
    public sealed interface Compute {
        /** One invocation at a time; the first may come at once. */
        record OnDemand() implements Compute {}

        /**
         * One invocation at a time, after a snapshot was taken: the environment goes on from a copy of it, perhaps much later and more than
         * once.
         */
        record SnapStart() implements Compute {}

        /**
         * Lambda Managed Instances: many invocations at a time in one process, and no snapshot. Lambda ends no invocation by ending the
         * process.
         *
         * @param concurrency how many at most
         */
        record ManagedInstances(int concurrency) implements Compute {
            public ManagedInstances {
                if (concurrency < 1) {
                    throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: >= 1)");
                }
            }
        }
    }

    private static final String API = "AWS_LAMBDA_RUNTIME_API";
    private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";
    private static final String MAX_CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";

    public RuntimeConfig {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host: empty (expected: a name or an address)");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /** Reads what Lambda tells every environment. */
    public static RuntimeConfig of(Map<String, String> environment) {
        String api = environment.getOrDefault(API, "");
        int colon = api.lastIndexOf(':');
        if (colon < 1 || !api.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(API + ": '" + api + "' (expected: host:port)");
        }
        return new RuntimeConfig(
                api.substring(0, colon), Integer.parseInt(api.substring(colon + 1)), compute(environment));
    }

    /** A concurrency is named in Managed Instances alone, whatever the initialization type is called there. */
    private static Compute compute(Map<String, String> environment) {
        String concurrency = environment.get(MAX_CONCURRENCY);
        if (concurrency != null) {
            if (!concurrency.matches("[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        MAX_CONCURRENCY + ": '" + concurrency + "' (expected: a whole number)");
            }
            return new Compute.ManagedInstances(Integer.parseInt(concurrency));
        }
        return "snap-start".equals(environment.get(INITIALIZATION_TYPE))
                ? new Compute.SnapStart()
                : new Compute.OnDemand();
    }
}
