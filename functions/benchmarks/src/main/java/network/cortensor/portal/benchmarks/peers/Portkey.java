package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Portkey's gateway. It checks no keys, and it sleeps for 25 ms before the first chunk of a stream (read in its source).
 *
 * <p>With {@code @hono/node-server} 1.19, which its own version range allows, every streamed answer is a 500: so that is held at 1.13.
 */
record Portkey(Path folder) implements Peer {
    private static final String VERSION = "1.15.2";

    @Override
    public String name() {
        return "Portkey " + VERSION + " (no keys; sleeps 25 ms)";
    }

    @Override
    public void install() throws Unavailable, InterruptedException {
        Path place = folder.resolve("portkey");
        if (Files.exists(program())) {
            return;
        }
        try {
            Files.createDirectories(place);
            Files.writeString(place.resolve("package.json"), """
                {"private": true,
                 "dependencies": {"@portkey-ai/gateway": "%s"},
                 "overrides": {"@hono/node-server": "1.13.8"}}
                """.formatted(VERSION));
        } catch (IOException e) {
            throw new Unavailable("its folder could not be written");
        }
        Command.of(place, "npm", "install", "--no-audit", "--no-fund").output();
    }

    private Path program() {
        return folder.resolve("portkey/node_modules/@portkey-ai/gateway/build/start-server.js");
    }

    @Override
    public Gateway start(URI upstream) throws Unavailable, InterruptedException {
        int port = Gateway.freePort();
        Process process = Command.of(folder, "node", program().toString(), "--port=" + port, "--headless")
                .start();
        return Gateway.at(
                port,
                Map.of(
                        "authorization",
                        "Bearer load",
                        "x-portkey-provider",
                        "openai",
                        "x-portkey-custom-host",
                        upstream + "/v1"),
                process);
    }
}
