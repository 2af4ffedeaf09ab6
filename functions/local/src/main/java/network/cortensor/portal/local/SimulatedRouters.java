package network.cortensor.portal.local;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.router.OpenAiConfig;
import network.cortensor.portal.testkit.router.OpenAiSimulator;
import network.cortensor.portal.testkit.router.RouterConfig;
import network.cortensor.portal.testkit.router.RouterSimulator;
import network.cortensor.portal.testkit.router.SessionSettings;
import network.cortensor.portal.testkit.ssm.SsmEmulator;

/**
 * The routers that the local catalog names: {@code router-a} knows every route, {@code router-b} is an older build that wants the session
 * in the path, {@code openai} is an OpenAI-compatible server. Each wants a key of its own, which is put where deployments keep theirs.
 */
public final class SimulatedRouters implements AutoCloseable {
    private final Map<String, RouterSimulator> routers = new LinkedHashMap<>();
    private final OpenAiSimulator openAi;

    private SimulatedRouters(SessionSettings sessions) {
        RouterConfig config = RouterConfig.DEFAULT.withSettings(sessions);
        routers.put(
                "router-a",
                RouterSimulator.start(config.withKey("key-of-router-a").withSessions(101, 102, 201, 301, 401)));
        routers.put(
                "router-b",
                RouterSimulator.start(config.withKey("key-of-router-b")
                        .withSessions(101, 102, 201, 301, 401)
                        .withBuild(new RouterConfig.Build(
                                java.util.Set.of(1, 2), java.util.Set.of(RouterConfig.SessionPlace.PATH)))));
        openAi = OpenAiSimulator.start(
                OpenAiConfig.serving("gpt-oss-120b").withKey("key-of-openai").withSettings(sessions.withCapacity(64)));
    }

    static SimulatedRouters start(SessionSettings sessions, SsmEmulator parameters) {
        SimulatedRouters simulated = new SimulatedRouters(sessions);
        simulated
                .urls()
                .forEach((name, url) -> parameters.put(
                        "/portal/local/routers/localhost_" + URI.create(url).getPort() + "/key", "key-of-" + name));
        return simulated;
    }

    /** Each router's URL by its name. */
    public Map<String, String> urls() {
        Map<String, String> urls = routers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> local(entry.getValue().url()),
                        (one, other) -> one,
                        LinkedHashMap::new));
        urls.put("openai", local(openAi.url()));
        return urls;
    }

    public RouterSimulator router(String name) {
        RouterSimulator found = routers.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " (expected: one of " + routers.keySet() + ")");
        }
        return found;
    }

    public OpenAiSimulator openAi() {
        return openAi;
    }

    private static String local(URI url) {
        return "http://localhost:" + url.getPort();
    }

    @Override
    public void close() {
        routers.values().forEach(RouterSimulator::close);
        openAi.close();
    }
}
