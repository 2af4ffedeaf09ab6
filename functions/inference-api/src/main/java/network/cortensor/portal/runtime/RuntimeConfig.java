package network.cortensor.portal.runtime;

import java.util.Map;

/**
 * Where the Runtime API is, and how this environment begins its life.
 *
 * @param host a name or an address
 */
public record RuntimeConfig(String host, int port, Initialization initialization) {

    /** What happens between the wiring and the first invocation. */
    public enum Initialization {
        /** Nothing. */
        DIRECT,
        /** A snapshot is taken, and the environment goes on from a copy of it, perhaps much later and more than once. */
        SNAP_START
    }

    private static final String API = "AWS_LAMBDA_RUNTIME_API";
    private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

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
        boolean snapStart = "snap-start".equals(environment.get(INITIALIZATION_TYPE));
        return new RuntimeConfig(
                api.substring(0, colon),
                Integer.parseInt(api.substring(colon + 1)),
                snapStart ? Initialization.SNAP_START : Initialization.DIRECT);
    }
}
