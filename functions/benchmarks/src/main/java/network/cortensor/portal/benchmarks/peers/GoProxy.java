package network.cortensor.portal.benchmarks.peers;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Go's reverse proxy behind a check of the key. */
record GoProxy(LoadTool tool) implements Peer {
    private static final String KEY = "load";

    @Override
    public String name() {
        return "Go reverse proxy";
    }

    @Override
    public void install() {}

    @Override
    public Gateway start(URI upstream) throws Unavailable {
        LoadTool.Server server = tool.proxy(upstream, KEY);
        return new Gateway(
                Gateway.completionsOf(server.url()),
                Map.of("authorization", List.of("Bearer " + KEY)),
                List.of(server.process().toHandle()));
    }
}
