package network.cortensor.portal.benchmarks.overload;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import network.cortensor.portal.benchmarks.machine.ChildJvm;
import network.cortensor.portal.benchmarks.machine.CustomerKeys;
import network.cortensor.portal.benchmarks.machine.NoRouterKeys;
import network.cortensor.portal.local.LocalMain;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;

/**
 * The local product in its default form, one process of 64 streams, with its tables; and in this process a simulated router that
 * speaks 20 tokens a second, whose sessions have a capacity of 1.
 *
 * @param api with {@code /v1}
 */
record OverloadEnvironment(ChildJvm product, RouterSimulator router, URI api, URI dynamo) implements AutoCloseable {
    /** So few that ten times as many customers still fit in the 64 streams of one process. */
    static final int SESSIONS = 5;

    static final String MODEL = "overloaded";

    static OverloadEnvironment start() throws IOException {
        RouterSimulator router = RouterSimulator.start(RouterConfig.DEFAULT
                .withSettings(SessionSettings.DEFAULT)
                .withSessions(LongStream.range(0, SESSIONS).toArray()));
        URI url = URI.create("http://localhost:" + router.url().getPort());
        Path catalog = Files.createTempFile("overload", ".yaml");
        Files.writeString(catalog, catalog(url));
        ChildJvm product = ChildJvm.start(
                LocalMain.class,
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
                Map.of("portal.port", "0", "portal.catalog", catalog.toString()));
        URI dynamo = URI.create(product.await("DynamoDB:"));
        URI parameters = URI.create(product.await("SSM:"));
        URI api = URI.create(product.await("Portal ready:"));
        product.discardOutput();
        Files.delete(catalog);
        NoRouterKeys.register(parameters, List.of(url));
        return new OverloadEnvironment(product, router, api, dynamo);
    }

    private static String catalog(URI router) {
        return """
                models:
                  overloaded:
                    state: live
                    contextLength: 131072
                    maxOutputTokens: 32768
                    promptFormat: plain
                    routes: [{pool: overloaded, weight: 1}]
                pools:
                  overloaded: {state: live}
                targets:
                  overloaded:
                """
                + IntStream.range(0, SESSIONS)
                        .mapToObj(session -> "    s-" + session + ": {routerUrl: \"" + router + "\", sessionId: "
                                + session + ", state: live}\n")
                        .collect(Collectors.joining());
    }

    /** A key of a customer of this name, who had none. */
    String keyOf(String customer) {
        return CustomerKeys.of(dynamo, customer);
    }

    List<ProcessHandle> processes() {
        return List.of(ProcessHandle.current(), product.handle());
    }

    @Override
    public void close() {
        product.close();
        router.close();
    }
}
