package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouterRoutesTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final RouterConfig config =
            RouterConfig.DEFAULT.withSurroundings(SimulatorSurroundings.INSTANT).withSessions(168);
    private final RouterSimulator all = RouterSimulator.start(config);
    private final RouterSimulator old = RouterSimulator.start(
            config.withBuild(new RouterConfig.Build(Set.of(1, 2), Set.of(RouterConfig.SessionPlace.PATH))));
    private final RouterSimulator locked = RouterSimulator.start(config.withKey("secret"));

    @AfterAll
    void stop() {
        client.close();
        all.close();
        old.close();
        locked.close();
    }

    static Stream<Arguments> requests() {
        String body = "{\"session_id\":168,\"prompt\":\"Hi\"}";
        return Stream.of(
                argumentSet("v1, body form", "all", "POST", "/api/v1/completions", body, 200),
                argumentSet("v3, path form", "all", "POST", "/api/v3/completions/168", "{\"prompt\":\"Hi\"}", 200),
                argumentSet("v4", "all", "POST", "/api/v4/completions", body, 404),
                argumentSet("a version that the build lacks", "old", "POST", "/api/v3/completions/168", body, 404),
                argumentSet("a form that the build lacks", "old", "POST", "/api/v2/completions", body, 404),
                argumentSet("the form that the build knows", "old", "POST", "/api/v2/completions/168", body, 200),
                argumentSet("chat", "all", "POST", "/api/v1/chat/completions", body, 404),
                argumentSet("a wrong method", "all", "GET", "/api/v1/completions", "", 405),
                argumentSet("a wrong method on a health route", "all", "POST", "/api/v1/status", body, 405),
                argumentSet("no key", "locked", "POST", "/api/v1/completions", body, 401),
                argumentSet("no key on a health route", "locked", "GET", "/api/v1/status", "", 401),
                argumentSet(
                        "a session id in quotes",
                        "all",
                        "POST",
                        "/api/v1/completions",
                        "{\"session_id\":\"168\",\"prompt\":\"Hi\"}",
                        400),
                argumentSet(
                        "a session id with a fraction",
                        "all",
                        "POST",
                        "/api/v1/completions",
                        "{\"session_id\":168.0,\"prompt\":\"Hi\"}",
                        400),
                argumentSet("no session id", "all", "POST", "/api/v1/completions", "{\"prompt\":\"Hi\"}", 400),
                argumentSet("a session id in the path that is none", "all", "POST", "/api/v1/completions/a", body, 400),
                argumentSet(
                        "no prompt", "all", "POST", "/api/v1/completions", "{\"session_id\":168,\"messages\":[]}", 400),
                argumentSet("no JSON", "all", "POST", "/api/v1/completions", "{", 400),
                argumentSet("an empty body", "all", "POST", "/api/v1/completions", "", 400),
                argumentSet("an unknown session's health", "all", "GET", "/api/v1/sessions/9", "", 404),
                argumentSet("an unknown path", "all", "GET", "/", "", 404));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestGetsItsStatus(String router, String method, String path, String body, int status)
            throws Exception {
        RouterSimulator target = switch (router) {
            case "old" -> old;
            case "locked" -> locked;
            default -> all;
        };

        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(target.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void theRightKeyOpens() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(locked.url() + "/api/v1/status"))
                .header("Authorization", "Bearer secret")
                .build());

        assertThat(response.statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                argumentSet(
                        "status",
                        "status",
                        "{\"active_sessions\":1,\"connected_miners\":2,\"cpu_usage\":1.0,\"memory_usage\":2.0,\"uptime\":86400}"),
                argumentSet(
                        "sessions",
                        "sessions",
                        "{\"count\":1,\"sessions\":[{\"id\":\"168\",\"active\":true,\"miners_count\":2,\"owner\":\"0x0000000000000000000000000000000000000000\"}]}"),
                argumentSet(
                        "one session",
                        "sessions/168",
                        "{\"count\":1,\"sessions\":[{\"id\":\"168\",\"active\":true,\"miners_count\":2,\"owner\":\"0x0000000000000000000000000000000000000000\"}]}"),
                argumentSet(
                        "miners",
                        "miners",
                        "{\"nodes\":{\"0x0000000000000000000000000000000000000001\":{\"type\":\"dedicated\"},"
                                + "\"0x0000000000000000000000000000000000000002\":{\"type\":\"dedicated\"}},"
                                + "\"stats\":{\"dedicated_count\":2,\"ephemeral_count\":0,\"total_count\":2}}"),
                argumentSet("ping", "ping", "{\"message\":\"pong\"}"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void healthPayloadsAreAsRecorded(String route, String payload) throws Exception {
        try (RouterSimulator router = RouterSimulator.start(config)) {
            assertThat(get(router, "/api/v1/" + route)).isEqualTo(payload);
        }
    }

    @Test
    void aSessionWithoutMinersSaysSoWhileStatusStays200() throws Exception {
        try (RouterSimulator router = RouterSimulator.start(config)) {
            router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.NO_MINERS));

            assertThat(get(router, "/api/v1/status")).contains("\"connected_miners\":0");
            assertThat(get(router, "/api/v1/sessions")).contains("\"miners_count\":0");
        }
    }

    @Test
    void anInactiveSessionSaysSo() throws Exception {
        try (RouterSimulator router = RouterSimulator.start(config)) {
            router.session(168).set(SessionSettings.DEFAULT.withActivity(SessionSettings.Activity.INACTIVE));

            assertThat(get(router, "/api/v1/sessions/168")).contains("\"active\":false");
            assertThat(get(router, "/api/v1/status")).contains("\"active_sessions\":0");
        }
    }

    @Test
    void aTaskCanBeLookedUpAfterwards() throws Exception {
        try (RouterSimulator router = RouterSimulator.start(config)) {
            send(HttpRequest.newBuilder(URI.create(router.url() + "/api/v1/completions/168"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"Hi\"}"))
                    .build());

            assertThat(get(router, "/api/v1/tasks/168/0"))
                    .contains("\"data\":[\"\\n\\nHi</s>\"]")
                    .endsWith("\"status\":4}");
            assertThat(get(router, "/api/v1/tasks/168")).startsWith("{\"count\":1,\"tasks\":[{");
        }
    }

    private String get(RouterSimulator router, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(router.url() + path)).build())
                .body();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
