package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import network.cortensor.portal.testkit.SteppedTime;
import network.cortensor.portal.testkit.http.RawCall;
import network.cortensor.portal.testkit.http.RawCall.Ending;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ControlTest {
    private final RouterSimulator router = RouterSimulator.start(
            RouterConfig.DEFAULT.withKey("secret").withSurroundings(SimulatorSurroundings.INSTANT));
    private final OpenAiSimulator openAi =
            OpenAiSimulator.start(OpenAiConfig.serving("some/model").withSurroundings(SimulatorSurroundings.INSTANT));

    @AfterEach
    void stop() {
        router.close();
        openAi.close();
    }

    @Test
    void putReplacesAllSettingsOfASession() throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withReasoningTokens(3));

        Heard heard = call(
                router.url(),
                "PUT",
                "/_control/sessions/168",
                "{\"fault\":\"hang\",\"latencyMillis\":300,\"tokensPerSecond\":50}");

        assertThat(heard.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(router.session(168).settings())
                .isEqualTo(SessionSettings.DEFAULT
                        .withFault(Fault.HANG)
                        .withLatency(Duration.ofMillis(300))
                        .withTokensPerSecond(50));
    }

    @Test
    void putKnowsAllSettings() throws Exception {
        call(router.url(), "PUT", "/_control/sessions/168", """
                {"fault":"drip","latencyMillis":1,"tokensPerSecond":0.5,"hangMillis":2,"faultTimes":3,
                 "reasoningTokens":4,"capacity":5,"active":false,"canary":"tweet-1"}""");

        assertThat(router.session(168).settings())
                .isEqualTo(SessionSettings.DEFAULT
                        .withFault(Fault.DRIP)
                        .withLatency(Duration.ofMillis(1))
                        .withTokensPerSecond(0.5)
                        .withHang(Duration.ofMillis(2))
                        .withFaultTimes(3)
                        .withReasoningTokens(4)
                        .withCapacity(5)
                        .withActivity(SessionSettings.Activity.INACTIVE)
                        .withCanary("tweet-1"));
    }

    @Test
    void deleteClearsTheSettingsAndKeepsTheCounts() throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.NOT_FOUND));
        router.session(168).receive(Shape.WHOLE);

        call(router.url(), "DELETE", "/_control/sessions/168", "");

        assertThat(router.session(168).settings()).isEqualTo(SessionSettings.DEFAULT);
        assertThat(router.session(168).counts().served()).isEqualTo(1);
    }

    @Test
    void getListsTheSessions() throws Exception {
        router.session(1000);
        router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.RESET_IN_HEADERS));
        router.session(168).receive(Shape.WHOLE);

        assertThat(call(router.url(), "GET", "/_control", "").body())
                .isEqualTo(
                        "{\"sessions\":["
                                + "{\"sessionId\":168,\"served\":1,\"inFlight\":0,\"maxInFlight\":0,\"fault\":\"reset-in-headers\",\"faultsHit\":1},"
                                + "{\"sessionId\":1000,\"served\":0,\"inFlight\":0,\"maxInFlight\":0,\"fault\":\"none\",\"faultsHit\":0}]}");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFaultHasItsWord(Fault fault) throws Exception {
        call(router.url(), "PUT", "/_control/sessions/168", "{\"fault\":\"" + fault.word() + "\"}");

        assertThat(router.session(168).settings().fault()).isEqualTo(fault);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "/_control/sessions/168 | {                          | body: no JSON (expected: a JSON object)",
                "/_control/sessions/168 | ``                         | body (expected: a JSON object)",
                "/_control/sessions/168 | []                         | body (expected: a JSON object)",
                "/_control/sessions/168 | {} {}                      | body: no JSON (expected: a JSON object)",
                "/_control/sessions/168 | {\"fault\":\"explode\"}    | fault: \"explode\" (expected: one of none, hang, refuse,",
                "/_control/sessions/168 | {\"fault\":1}              | fault: 1 (expected: one of none, hang,",
                "/_control/sessions/168 | {\"latencyMillis\":-1}     | latencyMillis: -1 (expected: a whole number >= 0)",
                "/_control/sessions/168 | {\"latencyMillis\":1.5}    | latencyMillis: 1.5 (expected: a whole number >= 0)",
                "/_control/sessions/168 | {\"tokensPerSecond\":0}    | tokensPerSecond: 0 (expected: a number above 0)",
                "/_control/sessions/168 | {\"tokensPerSecond\":\"\"} | tokensPerSecond: \"\" (expected: a number above 0)",
                "/_control/sessions/168 | {\"faultTimes\":0}         | faultTimes: 0 (expected: a whole number >= 1)",
                "/_control/sessions/168 | {\"active\":1}             | active: 1 (expected: true or false)",
                "/_control/sessions/168 | {\"canary\":\"a b\"}      | canary: \"a b\" (expected: 1 to 64 letters,",
                "/_control/sessions/168 | {\"latency\":200}          | latency: unknown field (expected: active, canary, capacity, fault,",
                "/_control/sessions/a   | {}                         | session: 'a' (expected: an integer)",
                "/_control/sessions/    | {}                         | session: '' (expected: an integer)",
                "/_control/power        | {\"state\":\"off\"}        | state (expected: \"up\" or \"down\")",
                "/_control/nothing      | {}                         | path (expected: GET /_control,"
            })
    void aControlRequestThatMakesNoSenseIsToldWhy(String path, String body, String reason) throws Exception {
        Heard heard = call(router.url(), "PUT", path, body);

        assertThat(heard.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(heard.body().replace("\\\"", "\"")).startsWith("{\"error\":\"" + reason);
    }

    @Test
    void aRouterThatIsDownResetsEverythingButControl() throws Exception {
        SteppedTime time = new SteppedTime();
        try (RouterSimulator slow = RouterSimulator.start(
                        RouterConfig.DEFAULT.withSurroundings(SimulatorSurroundings.REAL.withPause(time)));
                Socket socket = RawCall.open(slow.url(), CompletionBytes.whole(168, "one"))) {
            time.awaitWaiting(1);

            call(slow.url(), "PUT", "/_control/power", "{\"state\":\"down\"}");

            assertThat(RawCall.hear(socket).ending()).isEqualTo(Ending.RESET);
            assertThat(RawCall.send(slow.url(), RawCall.get("/api/v1/status"))).isEqualTo(new Heard("", Ending.RESET));

            call(slow.url(), "PUT", "/_control/power", "{\"state\":\"up\"}");

            assertThat(RawCall.send(slow.url(), RawCall.get("/api/v1/status")).statusLine())
                    .isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void anOpenAiServersSessionsAreItsModels() throws Exception {
        call(openAi.url(), "PUT", "/_control/sessions/some%2Fmodel", "{\"fault\":\"cut\"}");

        assertThat(call(openAi.url(), "GET", "/_control", "").body())
                .isEqualTo("{\"sessions\":[{\"sessionId\":\"some/model\",\"served\":0,\"inFlight\":0,"
                        + "\"maxInFlight\":0,\"fault\":\"cut\",\"faultsHit\":0}]}");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"PENDING", "INTERLEAVE", "NO_MINERS"})
    void anOpenAiServerHasNoFaultThatOnlyARouterHas(Fault fault) throws Exception {
        Heard heard =
                call(openAi.url(), "PUT", "/_control/sessions/some%2Fmodel", "{\"fault\":\"" + fault.word() + "\"}");

        assertThat(heard.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    private static Heard call(URI server, String method, String path, String body) throws IOException {
        return RawCall.send(server, RawCall.post(path, body == null ? "" : body).replaceFirst("POST", method));
    }
}
