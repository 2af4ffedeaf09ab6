package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import network.cortensor.portal.health.RouterSight;
import network.cortensor.portal.health.RouterSight.Seen;
import network.cortensor.portal.health.RouterSight.SessionSeen;
import network.cortensor.portal.health.RouterSight.SessionSeen.Activity;
import network.cortensor.portal.health.RouterSight.Silent;
import network.cortensor.portal.health.RouterSight.Unreadable;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.testkit.http.CannedReply;
import network.cortensor.portal.testkit.http.HttpHandler;
import network.cortensor.portal.testkit.http.HttpServer;
import network.cortensor.portal.testkit.http.PeerRequest;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.WireSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LivenessProberTest {
    private static final Protocol CORTENSOR = new Cortensor(2, SessionForm.BODY, 168);
    private static final Protocol OPEN_AI = new Protocol.OpenAi("some-model");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HASTE = Duration.ofMillis(300);

    private static final String STATUS = "{\"active_sessions\":0,\"connected_miners\":4,\"cpu_usage\":1.0}";
    private static final String SESSIONS =
            "{\"count\":1,\"sessions\":[{\"id\":\"168\",\"active\":true,\"miners_count\":2,\"owner\":\"0x0\"}]}";
    private static final SessionSeen TWO_MINERS = new SessionSeen(Activity.ACTIVE, OptionalInt.of(2));

    private static SessionSeen owned(String owner) {
        return new SessionSeen(Activity.ACTIVE, OptionalInt.of(2), OptionalInt.empty(), Optional.of(owner));
    }

    private final List<HttpServer> servers = new ArrayList<>();
    private final List<PeerRequest> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(HttpServer::close);
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                row("as recorded", ok(STATUS), ok(SESSIONS), seen(4, Map.of("168", owned("0x0")))),
                row(
                        "a session with tasks and an owner in capitals",
                        ok(STATUS),
                        ok("{\"sessions\":[{\"id\":\"7\",\"owner\":\" 0xAB \",\"active_tasks\":3}]}"),
                        seen(
                                4,
                                Map.of(
                                        "7",
                                        new SessionSeen(
                                                Activity.ACTIVE,
                                                OptionalInt.empty(),
                                                OptionalInt.of(3),
                                                Optional.of("0xab"))))),
                row(
                        "tasks that are no number, and an owner that is none",
                        ok(STATUS),
                        ok("{\"sessions\":[{\"id\":\"7\",\"miners_count\":2,\"owner\":null,\"active_tasks\":\"3\"}]}"),
                        seen(4, Map.of("7", TWO_MINERS))),
                row(
                        "numbers as ids",
                        ok(STATUS),
                        ok("{\"sessions\":[{\"id\":168,\"miners_count\":2}]}"),
                        seen(4, Map.of("168", TWO_MINERS))),
                row(
                        "an inactive session without a word of miners",
                        ok(STATUS),
                        ok("{\"sessions\":[{\"id\":\"7\",\"active\":false}]}"),
                        seen(4, Map.of("7", new SessionSeen(Activity.INACTIVE, OptionalInt.empty())))),
                row(
                        "the first page of several",
                        ok(STATUS),
                        ok("{\"count\":30,\"sessions\":[{\"id\":\"7\"}]}"),
                        new Seen(OptionalInt.of(4), Optional.empty())),
                row("no sessions", ok(STATUS), ok("{\"count\":0,\"sessions\":[]}"), seen(4, Map.of())),
                row(
                        "sessions of another form",
                        ok(STATUS),
                        ok("{\"sessions\":{}}"),
                        new Seen(OptionalInt.of(4), Optional.empty())),
                row(
                        "sessions that are no JSON",
                        ok(STATUS),
                        ok("<html>"),
                        new Seen(OptionalInt.of(4), Optional.empty())),
                row(
                        "sessions unknown",
                        ok(STATUS),
                        status("404 Not Found"),
                        new Seen(OptionalInt.of(4), Optional.empty())),
                row("a status of another form", ok("{}"), ok("{}"), new Seen(OptionalInt.empty(), Optional.empty())),
                row(
                        "miners of another form",
                        ok("{\"connected_miners\":\"many\"}"),
                        ok("{}"),
                        new Seen(OptionalInt.empty(), Optional.empty())),
                row(
                        "status unknown, sessions known",
                        status("404 Not Found"),
                        ok(SESSIONS),
                        new Seen(OptionalInt.empty(), Optional.of(Map.of("168", owned("0x0"))))),
                row("nothing known", status("404 Not Found"), status("404 Not Found"), new Unreadable("http_404")),
                row("a wrong key", status("401 Unauthorized"), status("401 Unauthorized"), new Unreadable("http_401")),
                row(
                        "an error",
                        status("500 Internal Server Error"),
                        status("404 Not Found"),
                        new Unreadable("http_500")),
                row("a redirect", status("302 Found"), status("302 Found"), new Unreadable("http_302")),
                row("no JSON", ok("pong"), ok("pong"), new Unreadable("no_json")),
                row("a bad gateway", status("502 Bad Gateway"), ok(SESSIONS), new Silent("gateway_502")),
                row(
                        "an overloaded gateway",
                        status("503 Service Unavailable"),
                        ok(SESSIONS),
                        new Silent("gateway_503")),
                row("a gateway's time-out", status("504 Gateway Timeout"), ok(SESSIONS), new Silent("gateway_504")),
                row(
                        "a huge status",
                        ok("{\"a\":\"" + "x".repeat(2_000_000) + "\"}"),
                        ok("{}"),
                        new Unreadable("oversized")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void whatARouterSaysIsRead(String ignored, CannedReply status, CannedReply sessions, RouterSight expected)
            throws Exception {
        URI url = serve((request, answer) -> answer.send(
                switch (request.path()) {
                    case "/api/v1/status" -> status;
                    case "/api/v1/sessions" -> sessions;
                    default -> status("404 Not Found");
                }));

        assertThat(look(url, CORTENSOR)).isEqualTo(expected);
    }

    @Test
    void modelsOfAnOpenAiServerAreItsSessions() throws Exception {
        URI url =
                serve((request, answer) -> answer.send(ok("{\"object\":\"list\",\"data\":[{\"id\":\"some-model\"}]}")));

        assertThat(look(url, OPEN_AI))
                .isEqualTo(new Seen(
                        OptionalInt.empty(),
                        Optional.of(Map.of("some-model", new SessionSeen(Activity.ACTIVE, OptionalInt.empty())))));
        assertThat(received.getFirst().path()).isEqualTo("/v1/models");
        assertThat(received).hasSize(1);
    }

    @Test
    void anOpenAiServerWithoutAListIsAlive() throws Exception {
        URI url = serve((request, answer) -> answer.send(ok("{}")));

        assertThat(look(url, OPEN_AI)).isEqualTo(new Seen(OptionalInt.empty(), Optional.empty()));
    }

    @Test
    void aBasePathComesFirst() throws Exception {
        URI url = serve((request, answer) -> answer.send(ok(STATUS)));

        look(URI.create(url + "/node-3/"), CORTENSOR);

        assertThat(received)
                .extracting(PeerRequest::path)
                .containsExactly("/node-3/api/v1/status", "/node-3/api/v1/sessions");
    }

    @Test
    void nobodyThereIsSilence() throws Exception {
        URI url = serve((request, answer) -> answer.send(ok(STATUS)));
        servers.getFirst().stop();

        assertThat(look(url, CORTENSOR)).isEqualTo(new Silent("not_sent_connect"));
    }

    @Test
    void aResetIsSilenceAndIsNotAskedAgain() throws Exception {
        URI url = serve((request, answer) -> answer.reset());

        assertThat(look(url, CORTENSOR)).isEqualTo(new Silent("connection_lost"));
        assertThat(received).hasSize(1);
    }

    @Test
    void patienceWithOneWhoNeverAnswersEnds() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        URI url = serve((request, answer) -> never.await());
        LivenessProber hasty = new LivenessProber(WireSettings.within(Boundary.LOCAL), RouterKeys.NONE, HASTE);

        assertThat(hasty.look(url, CORTENSOR)).isInstanceOf(Silent.class);
    }

    @Test
    void aForbiddenPlaceIsNotLookedAtAndSaysNothing() throws Exception {
        URI url = serve((request, answer) -> answer.send(ok(STATUS)));
        Boundary elsewhere = new Boundary(Set.of("router.example"), Set.of(), Boundary.Loopback.REFUSED);

        assertThat(new LivenessProber(WireSettings.within(elsewhere), RouterKeys.NONE, PATIENCE).look(url, CORTENSOR))
                .isEqualTo(new Unreadable("not_sent_forbidden_address"));
        assertThat(received).isEmpty();
    }

    @Test
    void theRoutersKeyIsPresented() throws Exception {
        URI url = serve((request, answer) -> answer.send(ok(STATUS)));
        Keys keys = new Keys(new RouterKeys.RouterKey.Bearer("secret-of-the-router"));

        new LivenessProber(WireSettings.within(Boundary.LOCAL), keys, PATIENCE).look(url, CORTENSOR);

        assertThat(received)
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).contains("Bearer secret-of-the-router"));
        assertThat(keys.refused).isEmpty();
    }

    @Test
    void aRefusedKeyIsReadAgain() throws Exception {
        URI url = serve((request, answer) -> answer.send(status("401 Unauthorized")));
        Keys keys = new Keys(new RouterKeys.RouterKey.Bearer("old"));

        new LivenessProber(WireSettings.within(Boundary.LOCAL), keys, PATIENCE).look(url, CORTENSOR);

        assertThat(keys.refused).isNotEmpty();
    }

    @Test
    void withoutItsKeyARouterIsNotLookedAtAndThatSaysNothing() throws Exception {
        URI url = serve((request, answer) -> answer.send(ok(STATUS)));
        Keys keys = new Keys(new RouterKeys.RouterKey.Unavailable());

        assertThat(new LivenessProber(WireSettings.within(Boundary.LOCAL), keys, PATIENCE).look(url, CORTENSOR))
                .isEqualTo(new Unreadable("no_credential"));
        assertThat(received).isEmpty();
    }

    private static RouterSight look(URI url, Protocol protocol) throws InterruptedException {
        return new LivenessProber(WireSettings.within(Boundary.LOCAL), RouterKeys.NONE, PATIENCE).look(url, protocol);
    }

    private URI serve(HttpHandler handler) {
        HttpServer server = HttpServer.start(0, (request, answer) -> {
            received.add(request);
            handler.handle(request, answer);
        });
        servers.add(server);
        return server.url();
    }

    private static CannedReply ok(String json) {
        return CannedReply.json("200 OK", json);
    }

    private static CannedReply status(String line) {
        return CannedReply.json(line, "{}");
    }

    private static RouterSight seen(int miners, Map<String, SessionSeen> sessions) {
        return new Seen(OptionalInt.of(miners), Optional.of(sessions));
    }

    private static Arguments row(String name, CannedReply status, CannedReply sessions, RouterSight expected) {
        return Arguments.of(name, status, sessions, expected);
    }

    /** One key for every router. */
    private static final class Keys implements RouterKeys {
        private final RouterKey key;
        private final List<URI> refused = new CopyOnWriteArrayList<>();

        private Keys(RouterKey key) {
            this.key = key;
        }

        @Override
        public RouterKey keyFor(URI routerUrl) {
            return key;
        }

        @Override
        public void refused(URI routerUrl) {
            refused.add(routerUrl);
        }
    }
}
