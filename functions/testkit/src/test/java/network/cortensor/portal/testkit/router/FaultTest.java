package network.cortensor.portal.testkit.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.cortensor.portal.testkit.http.RawCall;
import network.cortensor.portal.testkit.http.RawCall.Ending;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fault is on the wire. */
class FaultTest {
    private static final String PROMPT = "one two three four five";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RouterSimulator router =
            RouterSimulator.start(RouterConfig.DEFAULT.withSurroundings(SimulatorSurroundings.INSTANT));

    @AfterEach
    void stop() {
        router.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                        both(
                                "none",
                                Fault.NONE,
                                heard -> assertThat(heard.bytes()).contains("five")),
                        both("hang", Fault.HANG, isNothing(Ending.CLOSED)),
                        both("refuse", Fault.REFUSE, isNothing(Ending.CLOSED)),
                        both("reset", Fault.RESET, isNothing(Ending.RESET)),
                        both("reset-in-headers", Fault.RESET_IN_HEADERS, heard -> {
                            assertThat(heard.bytes()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/ev");
                            assertThat(heard.ending()).isEqualTo(Ending.RESET);
                        }),
                        whole(
                                "empty",
                                Fault.EMPTY,
                                heard -> assertThat(heard.body()).contains("\"text\":\"\"}]")),
                        streamed(
                                "empty",
                                Fault.EMPTY,
                                heard -> assertThat(heard.body())
                                        .startsWith("data: {")
                                        .contains("\"text\": \"\"")
                                        .endsWith("data: [DONE]\n\n")),
                        both("pending", Fault.PENDING, heard -> {
                            assertThat(heard.head()).contains("application/json");
                            assertThat(heard.body())
                                    .isEqualTo("{\"session_id\":168,\"status\":\"queued\",\"task_id\":0}");
                        }),
                        whole(
                                "in-band-error",
                                Fault.IN_BAND_ERROR,
                                heard -> assertThat(heard.body()).isEqualTo("{\"error\":\"Task failed\"}")),
                        streamed(
                                "in-band-error",
                                Fault.IN_BAND_ERROR,
                                heard -> assertThat(heard.body()).isEqualTo("data: {\"error\":\"Task failed\"}\n\n")),
                        streamed("json-for-stream", Fault.JSON_FOR_STREAM, heard -> {
                            assertThat(heard.head()).contains("application/json");
                            assertThat(heard.body()).contains("\"text\":\"\\n\\none two three four five</s>\"");
                        }),
                        streamed("no-end-marker", Fault.NO_END_MARKER, heard -> {
                            assertThat(heard.rawBody()).endsWith("0\r\n\r\n");
                            assertThat(heard.body())
                                    .contains("five")
                                    .doesNotContain("\"stop\"")
                                    .doesNotContain("[DONE]");
                        }),
                        whole("no-end-marker", Fault.NO_END_MARKER, heard -> {
                            assertThat(heard.body()).endsWith("}}");
                            assertThat(heard.rawBody()).endsWith("}}\r\n");
                            assertThat(heard.ending()).isEqualTo(Ending.CLOSED);
                        }),
                        streamed("cut", Fault.CUT, heard -> {
                            assertThat(heard.body())
                                    .contains(" one")
                                    .doesNotContain("five")
                                    .doesNotEndWith("\n");
                            assertThat(heard.ending()).isEqualTo(Ending.CLOSED);
                        }),
                        whole("cut", Fault.CUT, heard -> {
                            assertThat(heard.body()).startsWith("{\"choices\"").doesNotEndWith("}");
                            assertThat(heard.head())
                                    .doesNotContain(
                                            "Content-Length: " + heard.rawBody().length());
                        }),
                        streamed(
                                "lost-tokens",
                                Fault.LOST_TOKENS,
                                heard -> assertThat(heard.body())
                                        .contains("one")
                                        .doesNotContain("two")
                                        .contains("three", "four")
                                        .doesNotContain("five")
                                        .endsWith("data: [DONE]\n\n")),
                        streamed(
                                "interleave",
                                Fault.INTERLEAVE,
                                heard -> assertThat(heard.body()
                                                .replaceAll(
                                                        "data: .*?\"task_id\": (\\d+).*?\"text\": \"([^\"]*)\".*\\s\\s",
                                                        "$1$2;"))
                                        .isEqualTo("0 one;1000 foreign;0 two;1000 words;1000;0 three;0 four;0"
                                                + " five;0</s>;0;data: [DONE]\n\n")),
                        whole(
                                "interleave",
                                Fault.INTERLEAVE,
                                heard -> assertThat(heard.body())
                                        .contains("foreign words")
                                        .contains("\"session_id\":1168,\"task_id\":1000")),
                        both("unauthorized", Fault.UNAUTHORIZED, hasStatus("401 UNAUTHORIZED")),
                        both("bad-request", Fault.BAD_REQUEST, hasStatus("400 BAD REQUEST")),
                        both("not-found", Fault.NOT_FOUND, hasStatus("404 NOT FOUND")),
                        both("error-500", Fault.ERROR_500, hasStatus("500 INTERNAL SERVER ERROR")),
                        both("html-502", Fault.HTML_502, hasStatus("502 Bad Gateway")),
                        both("too-many", Fault.TOO_MANY, heard -> {
                            hasStatus("429 TOO MANY REQUESTS").accept(heard);
                            assertThat(heard.head()).contains("Retry-After: 17");
                        }),
                        both("html-503", Fault.HTML_503, hasStatus("503 Service Temporarily Unavailable")),
                        both("context-exceeded", Fault.CONTEXT_EXCEEDED, hasStatus("400 BAD REQUEST")),
                        both("content-filtered", Fault.CONTENT_FILTERED, hasStatus("400 BAD REQUEST")),
                        streamed(
                                "bad-event",
                                Fault.BAD_EVENT,
                                heard -> assertThat(heard.body())
                                        .contains("one")
                                        .doesNotContain("five")
                                        .endsWith("{\"text\n\n")),
                        whole(
                                "bad-event",
                                Fault.BAD_EVENT,
                                heard -> assertThat(heard.body())
                                        .startsWith("{\"choices\"")
                                        .doesNotEndWith("}")),
                        both(
                                "stall",
                                Fault.STALL,
                                heard -> assertThat(heard.body())
                                        .isNotEmpty()
                                        .doesNotContain("[DONE]")
                                        .doesNotEndWith("}")),
                        streamed(
                                "blank-finish",
                                Fault.BLANK_FINISH,
                                heard -> assertThat(heard.body())
                                        .contains("five", "\"finish_reason\": \"\"", "\"finish_reason\": \"stop\"")
                                        .doesNotContain("\"finish_reason\": null")),
                        both(
                                "odd-finish",
                                Fault.ODD_FINISH,
                                heard -> assertThat(heard.body())
                                        .contains("five", "\"timeout\"")
                                        .doesNotContain("\"stop\"")),
                        streamed(
                                "loud-finish",
                                Fault.LOUD_FINISH,
                                heard -> assertThat(heard.body())
                                        .contains("five", "\"finish_reason\": \"null\"", "\"finish_reason\": \"STOP\"")
                                        .doesNotContain("\"finish_reason\": null")),
                        whole(
                                "loud-finish",
                                Fault.LOUD_FINISH,
                                heard -> assertThat(heard.body()).contains("five", "\"finish_reason\":\"STOP\"")),
                        both("no-credit", Fault.NO_CREDIT, hasStatus("402 PAYMENT REQUIRED")),
                        both("html-504", Fault.HTML_504, hasStatus("504 Gateway Time-out")),
                        both(
                                "drip",
                                Fault.DRIP,
                                heard -> assertThat(heard.body()).contains("five")),
                        both(
                                "oversize",
                                Fault.OVERSIZE,
                                heard -> assertThat(heard.body())
                                        .hasSizeBetween(Performance.OVERSIZE, Performance.OVERSIZE + 2000)
                                        .contains("\"stop\"")),
                        both("no-miners", Fault.NO_MINERS, isNothing(Ending.CLOSED)))
                .flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsSeenOnTheWireAndHitOnce(Fault fault, Shape shape, Consumer<Heard> seen) throws Exception {
        SimulatedSession session = router.session(168);
        session.set(SessionSettings.DEFAULT.withFault(fault));

        Heard heard = RawCall.send(router.url(), CompletionBytes.of(shape, 168, PROMPT));

        seen.accept(heard);
        session.await(counts -> counts.inFlight() == 0, PATIENCE);
        assertThat(session.counts().served()).isEqualTo(1);
        assertThat(session.counts().faultsHit()).isEqualTo(fault == Fault.NONE ? 0 : 1);
        assertThat(router.timesReceived()).containsEntry("ref-168", 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_TOKENS", "JSON_FOR_STREAM", "BLANK_FINISH"})
    void aFaultOfStreamsIsNotMetByWholeRequests(Fault fault) throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(fault));

        Heard heard = RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT));

        assertThat(heard.body()).contains("one two three four five");
        assertThat(router.session(168).counts().faultsHit()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"REFUSE", "UNAUTHORIZED", "BAD_REQUEST", "NOT_FOUND"})
    void aRefusedRequestIsNoTask(Fault fault) throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(fault));

        RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT));

        assertThat(router.session(168).counts().maxInFlight()).isZero();
    }

    @Test
    void anEmptyAnswerComesInSeveralForms() throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.EMPTY));

        RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT));

        assertThat(RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT))
                        .body())
                .isEqualTo("{\"choices\":[{\"text\":\"\"}]}");
        assertThat(RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT))
                        .body())
                .startsWith("{\"status\":\"ended\",\"message\":\"No content\",\"result_data\":\"urn:blob:");
    }

    @Test
    void anHtmlPageIsNginxs() throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.HTML_502));

        assertThat(RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT))
                        .body())
                .isEqualTo("""
            <html>
            <head><title>502 Bad Gateway</title></head>
            <body>
            <center><h1>502 Bad Gateway</h1></center>
            <hr><center>nginx/1.18.0 (Ubuntu)</center>
            </body>
            </html>
            """.replace("\n", "\r\n"));
    }

    @Test
    void aStreamOfOneTokenIsCutAfterIt() throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.CUT));

        Heard heard = RawCall.send(router.url(), CompletionBytes.streamed(168, "one"));

        assertThat(heard.body()).contains(" one").doesNotContain("[DONE]");
    }

    @Test
    void aFaultPassesAfterItsTimes() throws Exception {
        router.session(168).set(SessionSettings.DEFAULT.withFault(Fault.REFUSE).withFaultTimes(1));

        assertThat(RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT))
                        .bytes())
                .isEmpty();
        assertThat(RawCall.send(router.url(), CompletionBytes.whole(168, PROMPT))
                        .body())
                .contains("five");
        assertThat(router.session(168).counts().fault()).isEqualTo(Fault.NONE);
    }

    @Test
    void everyFaultHasACase() {
        assertThat(faults().map(arguments -> arguments.get()[0]).distinct())
                .containsExactlyInAnyOrder(Arrays.stream(Fault.values()).toArray());
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionSettings.DEFAULT.withTokensPerSecond(0))
                .withMessage("tokensPerSecond: 0.0 (expected: > 0)");
    }

    private static Consumer<Heard> isNothing(Ending ending) {
        return heard -> assertThat(heard).isEqualTo(new Heard("", ending));
    }

    private static Consumer<Heard> hasStatus(String status) {
        return heard -> assertThat(heard.statusLine()).isEqualTo("HTTP/1.1 " + status);
    }

    private static Stream<Arguments> both(String name, Fault fault, Consumer<Heard> seen) {
        return Stream.concat(whole(name, fault, seen), streamed(name, fault, seen));
    }

    private static Stream<Arguments> whole(String name, Fault fault, Consumer<Heard> seen) {
        return Stream.of(argumentSet(name + ", whole", fault, Shape.WHOLE, seen));
    }

    private static Stream<Arguments> streamed(String name, Fault fault, Consumer<Heard> seen) {
        return Stream.of(argumentSet(name + ", streamed", fault, Shape.STREAMED, seen));
    }
}
