package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.benchmarks.machine.ChildJvm;
import network.cortensor.portal.benchmarks.machine.CustomerKeys;
import network.cortensor.portal.benchmarks.machine.NoRouterKeys;
import network.cortensor.portal.local.LocalMain;

/**
 * The local product, whole: keys, limits, slots, health and usage, with its tables and the emulators of AWS in the same process, which is
 * started with the options of {@code mvn -Plocal}.
 */
record Ours(Path folder, Front front) implements Peer {
    /** Enough for 400 requests a second, of which one customer may ask 100. */
    private static final int CUSTOMERS = 20;

    /** Which of the two emulated fronts customers come through. */
    enum Front {
        FUNCTION_URL("Function URL", "Streaming URL:"),
        API_GATEWAY("API Gateway front", "Portal ready:");

        private final String words;
        private final String line;

        Front(String words, String line) {
            this.words = words;
            this.line = line;
        }
    }

    @Override
    public String name() {
        return "**ours, " + front.words + "**";
    }

    @Override
    public void install() {}

    @Override
    public Gateway start(URI upstream) throws Unavailable {
        Path catalog = folder.resolve("catalog.yaml");
        URI router = URI.create("http://localhost:" + upstream.getPort());
        try {
            Files.writeString(catalog, """
                models:
                  paced: {state: live, contextLength: 131072, maxOutputTokens: 32768, promptFormat: plain, routes: [{pool: paced, weight: 1}]}
                pools:
                  paced: {state: live}
                targets:
                  paced:
                    server: {routerUrl: "%s", protocol: openai, upstreamModel: paced, capacity: 256, state: live}
                """.formatted(router));
            ChildJvm local = ChildJvm.start(
                    LocalMain.class,
                    List.of("-XX:TieredStopAtLevel=1"),
                    // A tick of the prober in the middle would be measured with the rest, so the next one is a day
                    // away.
                    Map.of("portal.port", "0", "portal.tick", "86400", "portal.catalog", catalog.toString()));
            URI dynamo = URI.create(local.await("DynamoDB:"));
            NoRouterKeys.register(URI.create(local.await("SSM:")), List.of(router));
            // The lines come in the order in which the fronts are named above.
            URI address = URI.create(local.await(front.line));
            local.discardOutput();
            List<String> keys = CustomerKeys.of(dynamo, CUSTOMERS).stream()
                    .map(key -> "Bearer " + key)
                    .toList();
            return new Gateway(completions(address), Map.of("authorization", keys), List.of(local.handle()));
        } catch (IOException e) {
            throw new Unavailable("the local product did not start: " + e.getMessage());
        }
    }

    private static URI completions(URI address) {
        String base = address.toString().replaceAll("/$", "");
        return URI.create((base.endsWith("/v1") ? base : base + "/v1") + "/chat/completions");
    }
}
