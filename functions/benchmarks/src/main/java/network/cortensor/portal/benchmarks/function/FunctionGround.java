package network.cortensor.portal.benchmarks.function;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * What the function stands on: the tables and parameters of a local product in a process of its own, and in this process two simulated routers,
 * one as fast as people read and one twenty times faster.
 *
 * @param tls before the fast router, where this machine can have that
 */
public record FunctionGround(
        ChildJvm local, List<RouterSimulator> routers, Optional<TlsFront> tls, List<String> keys, URI dynamo, URI ssm)
        implements AutoCloseable {
    public static final String PACED = "paced";
    public static final String BRISK = "brisk";

    /** The fast router by TLS, a model of one session. */
    public static final String SECURE = "secure";

    /** Between two requests of one environment on Lambda, where an answer takes so long; all caches of 5 s have expired by then. */
    public static final Duration LEAP = Duration.ofSeconds(39);

    /** They ask in turn. */
    public static final int CUSTOMERS = 20;

    /** Before the first token. */
    public static final Duration LATENCY = Duration.ofMillis(50);

    public static FunctionGround start(int sessions) throws IOException {
        RouterSimulator paced = router(sessions, 50);
        RouterSimulator brisk = router(sessions, 1_000);
        Optional<TlsFront> tls = TlsFront.before(brisk.url().getPort());
        Path catalog = Files.createTempFile("streams", ".yaml");
        Files.writeString(catalog, catalog(sessions, url(paced), url(brisk), tls));
        ChildJvm local = ChildJvm.start(
                LocalMain.class,
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"),
                Map.of(
                        "portal.port", "0",
                        "portal.workers", "1",
                        "portal.tick", "86400",
                        "portal.catalog", catalog.toString()));
        URI dynamo = URI.create(local.await("DynamoDB:"));
        URI ssm = URI.create(local.await("SSM:"));
        local.await("Portal ready:");
        local.discardOutput();
        Files.delete(catalog);
        List<URI> routers = new ArrayList<>(List.of(url(paced), url(brisk)));
        tls.ifPresent(front -> routers.add(URI.create(front.url())));
        NoRouterKeys.register(ssm, routers);
        return new FunctionGround(local, List.of(paced, brisk), tls, CustomerKeys.of(dynamo, CUSTOMERS), dynamo, ssm);
    }

    private static RouterSimulator router(int sessions, double tokensPerSecond) {
        return RouterSimulator.start(RouterConfig.DEFAULT
                .withSettings(SessionSettings.DEFAULT.withLatency(LATENCY).withTokensPerSecond(tokensPerSecond))
                .withSessions(LongStream.range(0, sessions).toArray()));
    }

    private static URI url(RouterSimulator router) {
        return URI.create("http://localhost:" + router.url().getPort());
    }

    private static String catalog(int sessions, URI paced, URI brisk, Optional<TlsFront> tls) {
        return "models:\n" + model(PACED) + model(BRISK) + model(SECURE)
                + "pools:\n  paced: {state: live}\n  brisk: {state: live}\n  secure: {state: live}\n"
                + "targets:\n" + targets(PACED, sessions, paced) + targets(BRISK, sessions, brisk)
                + tls.map(front -> targets(SECURE, 1, URI.create(front.url()))).orElse("");
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

    private static String targets(String pool, int sessions, URI router) {
        return "  " + pool + ":\n"
                + IntStream.range(0, sessions)
                        .mapToObj(session -> "    s-" + session + ": {routerUrl: \"" + router + "\", sessionId: "
                                + session + ", state: live}\n")
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        local.close();
        tls.ifPresent(TlsFront::close);
        routers.forEach(RouterSimulator::close);
    }
}
