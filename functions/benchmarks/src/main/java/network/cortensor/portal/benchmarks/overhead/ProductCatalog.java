package network.cortensor.portal.benchmarks.overhead;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The catalog of the measured product: two models with {@value Runs#FIRST_DIRECT_SESSION} sessions each.
 *
 * @param paced the router of the one
 * @param unpaced the router of the other
 */
record ProductCatalog(URI paced, URI unpaced) {
    static final String PACED = "paced";
    static final String UNPACED = "unpaced";

    String yaml() {
        return "models:\n" + model(PACED) + model(UNPACED)
                + "pools:\n  paced: {state: live}\n  unpaced: {state: live}\n"
                + "targets:\n" + targets(PACED, paced) + targets(UNPACED, unpaced);
    }

    private static String model(String name) {
        return """
                  %s:
                    state: live
                    contextLength: 131072
                    maxOutputTokens: 32768
                    promptFormat: plain
                    routes: [{pool: %s, weight: 1}]
                """.indent(2).formatted(name, name);
    }

    private static String targets(String pool, URI router) {
        return "  " + pool + ":\n"
                + IntStream.range(0, Runs.FIRST_DIRECT_SESSION)
                        .mapToObj(session -> "    s-" + session + ": {routerUrl: \"" + router + "\", sessionId: "
                                + session + ", state: live}\n")
                        .collect(Collectors.joining());
    }
}
