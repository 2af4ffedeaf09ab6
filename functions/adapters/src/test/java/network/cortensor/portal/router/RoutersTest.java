package network.cortensor.portal.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.time.BegunCall;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.wire.Boundary;
import network.cortensor.portal.wire.ManualClock;
import network.cortensor.portal.wire.RawServer;
import network.cortensor.portal.wire.Resolver;
import network.cortensor.portal.wire.WireSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole calls over real sockets. */
@Timeout(60)
class RoutersTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String SSE =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String FIRST =
            data("{\"task_id\":9,\"choices\":[{\"text\":\" What\",\"finish_reason\":null}]}");
    private static final String OTHERS =
            data("{\"task_id\":10,\"choices\":[{\"text\":\" No\",\"finish_reason\":null}]}");
    private static final String LAST = data("{\"task_id\":9,\"choices\":[{\"text\":\"\",\"finish_reason\":\"stop\"}]}");
    private static final String DONE = "data: [DONE]\n\n";
    private static final String WHOLE =
            "{\"choices\":[{\"text\":\"\\n\\nHello</s>\",\"finish_reason\":\"stop\"}],\"session_id\":168}";

    private final ManualClock clock = new ManualClock();

    @Test
    void theFirstTokenIsThereBeforeTheRouterReleasesTheSecond() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    heard.await();
                    peer.writeChunk(LAST);
                    peer.writeChunk(DONE);
                    peer.awaitEnd();
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).contains(new RouterEvent.Said(new CompletionEvent.Text("What")));
            heard.countDown();
            assertThat(rest(call)).isEqualTo("|stop");
            assertThat(call.next(LONG)).isEmpty();
        }
    }

    @Test
    void aWholeAnswerIsAsManyEvents() throws Exception {
        try (RawServer server = RawServer.answering(json(WHOLE));
                RouterCall call = open(server, Asks.WHOLE)) {
            assertThat(rest(call)).isEqualTo("Hello|stop");
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent)
                            .startsWith("POST /api/v2/completions HTTP/1.1\r\n")
                            .doesNotContain("Authorization"));
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void whateverARouterAnswersIsReadOrAFailure(CallTimes times, RawServer.Script script, String expected)
            throws Exception {
        try (RawServer server = RawServer.playing(script);
                RouterCall call = open(server, times)) {
            assertThat(rest(call)).isEqualTo(expected);
            assertThat(server.requests()).hasSize(1);
        }
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                streamed("a stream", chunks(FIRST, LAST, DONE), "What|stop"),
                streamed("a stream without [DONE]", chunks(FIRST, LAST), "What|stop"),
                streamed("a stream that is reset behind its end", resetAfter(FIRST, LAST), "What|stop"),
                streamed(
                        "heart beats and other fields",
                        chunks(": hi\n\nevent: x\nid: 1\n" + FIRST + "retry: 5\n", LAST),
                        "What|stop"),
                streamed(
                        "line ends of another kind",
                        chunks(FIRST.replace("\n", "\r\n"), LAST.replace("\n", "\r\n")),
                        "What|stop"),
                streamed(
                        "no empty line between events",
                        chunks(FIRST.strip() + "\n" + LAST.strip() + "\n"),
                        "What|stop"),
                streamed(
                        "an event in two pieces",
                        chunks(FIRST.substring(0, 20), FIRST.substring(20), LAST),
                        "What|stop"),
                streamed("two tasks interleaved", chunks(FIRST, OTHERS, LAST), "What|stop"),
                streamed("JSON for a stream", peer -> peer.write(json(WHOLE)), "Hello|stop"),
                streamed("JSON of no stated type", peer -> peer.write(untyped(" " + WHOLE)), "Hello|stop"),
                streamed(
                        "JSON called text",
                        peer -> peer.write(typed("text/plain; charset=utf-8", WHOLE)),
                        "Hello|stop"),
                streamed("a stream of no stated type", peer -> peer.write(untyped("\n" + FIRST + LAST)), "What|stop"),
                streamed(
                        "a stream until the connection ends",
                        peer -> peer.write(typed("text/event-stream", FIRST + LAST)),
                        "What|stop"),
                streamed("no end marker", chunks(FIRST, DONE), "What!cut"),
                streamed("no end at all", chunks(FIRST), "What!cut"),
                streamed("cut in an event", peer -> cut(peer, FIRST, LAST.substring(0, 30)), "What!cut"),
                streamed("cut behind the last event's text", peer -> cut(peer, FIRST, LAST.strip()), "What!cut"),
                streamed("reset in the stream", resetAfter(FIRST), "What!cut"),
                streamed("reset before the first event", resetAfter(), "!cut"),
                streamed("an error in the stream", chunks(FIRST, data("{\"error\":\"x\"}")), "What!cut"),
                streamed("a broken event", chunks(FIRST, data("{\"task_id\":")), "What!unintelligible"),
                streamed(
                        "an endless event",
                        chunks("data: " + "x".repeat(CallWorker.MOST_BYTES_LINE + 1)),
                        "!oversized"),
                streamed(
                        "HTML for a stream",
                        peer -> peer.write(typed("text/html", "<html>data: x</html>")),
                        "!unintelligible"),
                streamed("something else for a stream", peer -> peer.write(untyped("hello")), "!unintelligible"),
                whole("an empty body", peer -> peer.write(json("")), "!unintelligible"),
                whole("pending", peer -> peer.write(json("{\"status\":\"queued\"}")), "!pending"),
                whole("a stream for JSON", chunks(FIRST, LAST), "What|stop"),
                whole(
                        "cut",
                        peer -> peer.write(
                                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{"),
                        "!cut"),
                whole(
                        "oversized",
                        peer -> peer.write(json("{\"text\":\"" + "x".repeat(CallWorker.MOST_BYTES_WHOLE) + "\"}")),
                        "!oversized"),
                whole("bytes behind the body", peer -> peer.write(json(WHOLE) + "x"), "Hello|stop"),
                whole(
                        "an interim answer first",
                        peer -> peer.write("HTTP/1.1 100 Continue\r\n\r\n" + json(WHOLE)),
                        "Hello|stop"),
                whole("401", status(401, "UNAUTHORIZED"), "!refused_401"),
                whole("400", status(400, "BAD REQUEST"), "!refused_400"),
                whole("404", status(404, "{}"), "!refused_404"),
                whole("405", status(405, ""), "!refused_405"),
                whole("500", status(500, "{\"error\":\"x\"}"), "!router_error"),
                whole("HTML 502", status(502, "<html><center>nginx</center></html>"), "!gateway_502"),
                whole("503", status(503, ""), "!gateway_503"),
                whole("HTML 504", status(504, "<html>504</html>"), "!gateway_504"),
                whole(
                        "502 of a mix-up",
                        status(502, "{\"error\":{\"code\":\"router_v4_correlation_mismatch\"}}"),
                        "!mismatch"),
                whole(
                        "502 whose body breaks off",
                        peer -> peer.write("HTTP/1.1 502 x\r\nContent-Length: 99\r\n\r\n<"),
                        "!gateway_502"),
                whole(
                        "a redirect",
                        peer -> peer.write("HTTP/1.1 302 x\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"),
                        "!unintelligible"),
                whole(
                        "a status of 000",
                        peer -> peer.write("HTTP/1.1 000 x\r\nContent-Length: 0\r\n\r\n"),
                        "!unintelligible"),
                whole(
                        "a status of one digit",
                        peer -> peer.write("HTTP/1.1 2 x\r\nContent-Length: 0\r\n\r\n"),
                        "!unintelligible"),
                whole("a status line of something else", peer -> peer.write("ICY 200 OK\r\n\r\n"), "!unintelligible"),
                whole("a negative status", peer -> peer.write("HTTP/1.1 -200 x\r\n\r\n"), "!unintelligible"),
                whole("no content", peer -> peer.write("HTTP/1.1 204 x\r\n\r\n"), "!unintelligible"),
                whole("reset before the headers", RawServer.Peer::reset, "!connection_lost"),
                whole("closed in the headers", peer -> peer.write("HTTP/1.1 200 OK\r\nConte"), "!connection_lost"));
    }

    @ParameterizedTest
    @MethodSource("oddAnswers")
    void noOddAnswerLosesAnythingUnnoticed(CallTimes times, RawServer.Script script, String expected) throws Exception {
        whateverARouterAnswersIsReadOrAFailure(times, script, expected);
    }

    static Stream<Arguments> oddAnswers() {
        return Stream.of(
                streamed(
                        "a byte order mark before a later event",
                        chunks(FIRST, "\uFEFF" + FIRST, LAST),
                        "What What|stop"),
                streamed(
                        "a byte order mark in an event",
                        chunks(FIRST, "data: \uFEFF" + FIRST.substring(6), LAST),
                        "What What|stop"),
                streamed("two byte order marks first", chunks("\uFEFF\uFEFF" + FIRST, LAST), "What|stop"),
                streamed(
                        "line ends of a third kind",
                        chunks(FIRST.replace("\n", "\r"), LAST.replace("\n", "\r")),
                        "!cut"),
                streamed(
                        "another case of the field's name",
                        chunks(FIRST, FIRST.replace("data", "Data"), LAST),
                        "What What|stop"),
                streamed("a blank before the field's name", chunks(FIRST, " " + FIRST, LAST), "What What|stop"),
                streamed(
                        "an event of several lines",
                        chunks(FIRST, FIRST.replace(",\"choices", ",\ndata: \"choices"), LAST),
                        "What!unintelligible"),
                streamed("events behind [DONE]", chunks(FIRST, LAST, DONE, FIRST, DONE), "What|stop"),
                streamed("text behind the end and [DONE]", chunks(FIRST, LAST, FIRST, DONE), "What What|stop"),
                streamed("two ends", chunks(FIRST, LAST, LAST.replace("stop", "length"), DONE), "What|length"),
                streamed(
                        "an end and then an unknown one",
                        chunks(FIRST, LAST, LAST.replace("stop", "cancelled"), DONE),
                        "What!unknown_end"),
                streamed(
                        "an end that is a list",
                        chunks(FIRST, LAST.replace("\"stop\"", "[\"stop\"]"), DONE),
                        "What!unknown_end"),
                streamed(
                        "an end that is a number",
                        chunks(FIRST, LAST.replace("\"stop\"", "1e300"), DONE),
                        "What!unknown_end"),
                streamed(
                        "an end that is true",
                        chunks(FIRST, LAST.replace("\"stop\"", "true"), DONE),
                        "What!unknown_end"),
                streamed(
                        "an end in quotes twice",
                        chunks(FIRST, LAST.replace("\"stop\"", "\"\\\"stop\\\"\""), DONE),
                        "What!unknown_end"),
                streamed("null in capitals", chunks(FIRST.replace("null", "\"NULL\""), LAST, DONE), "What|stop"),
                streamed("None", chunks(FIRST.replace("null", "\"None\""), LAST, DONE), "!unknown_end"),
                streamed("an array for an event", chunks(FIRST, data("[1]"), LAST), "What!unintelligible"),
                streamed("null for an event", chunks(FIRST, data("null"), LAST), "What!unintelligible"),
                streamed(
                        "choices that are none",
                        chunks(
                                FIRST,
                                data("{\"task_id\":9,\"choices\":{\"a\":1}}"),
                                data("{\"task_id\":9,\"choices\":null}"),
                                LAST),
                        "What|stop"),
                streamed("text that is a number", chunks(FIRST.replace("\" What\"", "1e300"), LAST), "!no_result"),
                streamed("deep JSON", chunks(FIRST, data("[".repeat(5000)), LAST), "What!unintelligible"),
                streamed(
                        "a number of a thousand digits",
                        chunks(FIRST.replace(":9", ":" + "9".repeat(5000)), LAST),
                        "!unintelligible"),
                streamed(
                        "keys twice",
                        chunks(FIRST.replace("\"task_id\":9", "\"task_id\":9,\"task_id\":10"), LAST),
                        "What!cut"),
                whole(
                        "a byte order mark twice",
                        peer -> peer.write(typed("application/json", "\uFEFF\uFEFF" + WHOLE)),
                        "Hello|stop"),
                whole(
                        "a status of four digits",
                        peer -> peer.write("HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"),
                        "!unintelligible"),
                whole("no reason", peer -> peer.write(json(WHOLE).replace("200 OK", "200")), "Hello|stop"),
                whole("two blanks", peer -> peer.write(json(WHOLE).replace("200 OK", " 200 OK")), "Hello|stop"),
                whole("a plus", peer -> peer.write(json(WHOLE).replace("200 OK", "+200 OK")), "!unintelligible"),
                whole("another HTTP", peer -> peer.write(json(WHOLE).replace("HTTP/1.1", "HTTP/2")), "!unintelligible"),
                whole(
                        "small letters",
                        peer -> peer.write(json(WHOLE).replace("HTTP/1.1", "http/1.1")),
                        "!unintelligible"),
                whole(
                        "digits of another script",
                        peer -> peer.write(json(WHOLE).replace("200 OK", "\u0662\u0660\u0660 OK")),
                        "!unintelligible"),
                whole("999", status(999, "x"), "!unintelligible"),
                whole("600", status(600, "x"), "!unintelligible"),
                whole("599", status(599, "x"), "!unintelligible"),
                whole("501", status(501, "x"), "!unintelligible"),
                whole("101", peer -> peer.write("HTTP/1.1 101 x\r\n\r\n"), "!connection_lost"),
                whole("205", status(205, ""), "!unintelligible"),
                whole(
                        "two lengths",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}"),
                        "!unintelligible"),
                whole(
                        "a list of lengths",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}"),
                        "!unintelligible"),
                whole(
                        "a huge length",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}"),
                        "!unintelligible"),
                whole(
                        "a negative chunk",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx"),
                        "!cut"),
                whole(
                        "a huge chunk",
                        peer -> peer.write(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx"),
                        "!cut"),
                whole(
                        "length and chunks",
                        peer -> peer.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                        "!unintelligible"),
                whole(
                        "a header without a colon",
                        peer -> peer.write(json(WHOLE).replace("Content-Type", "nonsense\r\nContent-Type")),
                        "!unintelligible"),
                whole(
                        "429 and a long wait",
                        peer -> peer.write("HTTP/1.1 429 x\r\nRetry-After: 1e300\r\nContent-Length: 0\r\n\r\n"),
                        "!limited"),
                whole(
                        "429 and a wait before now",
                        peer -> peer.write(
                                "HTTP/1.1 429 x\r\nRetry-After: -99999999999999999999\r\nContent-Length: 0\r\n\r\n"),
                        "!limited"),
                whole(
                        "429 and the end of time",
                        peer -> peer.write(
                                "HTTP/1.1 429 x\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n"),
                        "!limited"));
    }

    @Test
    void openAiServersAreSpokenToInTheirOwnWay() throws Exception {
        String events = data("{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":null}]}")
                + data("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}")
                + data("{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}")
                + DONE;
        try (RawServer server = RawServer.playing(chunks(events));
                RouterCall call =
                        routers(RouterKeys.NONE).open(Asks.openAi(server.url()), Asks.hello(), Asks.STREAMED)) {
            assertThat(rest(call)).isEqualTo("Hi|stop 5+7");
            assertThat(server.requests().getFirst()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
        }
    }

    @Test
    void theReferenceIsAnotherOneInEachAttempt() throws Exception {
        try (RawServer server = RawServer.answering(json(WHOLE))) {
            for (int i = 0; i < 2; i++) {
                try (RouterCall call = open(server, Asks.WHOLE)) {
                    rest(call);
                }
            }

            assertThat(server.requests().stream()
                            .map(sent -> sent.replaceAll("(?s).*client_reference\":\"([^\"]*)\".*", "$1")))
                    .hasSize(2)
                    .doesNotHaveDuplicates()
                    .allMatch(reference -> reference.matches("portal-[0-9a-f]{32}"));
        }
    }

    @Test
    void aSilentRouterMissesItsFirstTokensDeadline() throws Exception {
        try (RawServer server = RawServer.playing(RawServer.Peer::awaitEnd);
                RouterCall call = open(server, Asks.STREAMED)) {
            server.awaitRequest();
            clock.advance(Duration.ofSeconds(59));
            assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("!deadline_first_token");
            server.awaitClientGone();
        }
    }

    @Test
    void aRouterThatFallsSilentMissesTheDeadlineOfItsNextEvent() throws Exception {
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    peer.awaitEnd();
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            clock.advance(Duration.ofSeconds(30));
            assertThat(rest(call)).isEqualTo("!deadline_next_event");
            server.awaitClientGone();
        }
    }

    /** Looks of a caller that end in the middle of a chunk's size or of an event lose nothing. */
    @Test
    void howOftenACallerLooksChangesNothing() throws Exception {
        Semaphore turns = new Semaphore(0);
        String body = (Integer.toHexString(FIRST.length()) + "\r\n" + FIRST + "\r\n").repeat(3);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    for (int at = 0; at < body.length(); at++) {
                        turns.acquire();
                        peer.write(body.substring(at, at + 1));
                    }
                    peer.writeChunk(LAST + DONE);
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            List<RouterEvent> events = new ArrayList<>();
            for (int look = 0; look < body.length(); look++) {
                turns.release();
                call.next(look % 2 == 0 ? Duration.ZERO : Duration.ofMillis(1)).ifPresent(events::add);
            }
            while (events.isEmpty() || !Events.last(events.getLast())) {
                events.add(call.next(LONG).orElseThrow());
            }
            assertThat(Transcript.of(events)).isEqualTo("What What What|stop");
        }
    }

    @Test
    void aCallerThatWaitsInAStreamNoticesAnInterrupt() throws Exception {
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    peer.awaitEnd();
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            Thread caller = Thread.currentThread();
            Thread.ofPlatform().start(caller::interrupt);
            assertThatThrownBy(() -> call.next(LONG)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void theClockBetweenTwoEventsStandsStillWhileTheCallerIsBusy() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    read.await();
                    peer.writeChunk(LAST + DONE);
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            clock.advance(Duration.ofSeconds(100));
            assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            clock.advance(Duration.ofSeconds(29));
            assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            read.countDown();
            assertThat(rest(call)).isEqualTo("|stop");
        }
    }

    @Test
    void textThatIsHeldBackForAStopStringIsHeard() throws Exception {
        Semaphore turns = new Semaphore(0);
        Semaphore written = new Semaphore(0);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    while (true) {
                        turns.acquire();
                        peer.writeChunk(data("{\"task_id\":9,\"choices\":[{\"text\":\"a\"}]}"));
                        written.release();
                    }
                });
                RouterCall call = routers(RouterKeys.NONE)
                        .open(Asks.cortensor(server.url()), Asks.stopping("a".repeat(1000)), Asks.STREAMED)) {
            for (int second = 0; second < 149; second++) {
                clock.advance(Duration.ofSeconds(1));
                turns.release();
                written.acquire();
                assertThat(call.next(Duration.ofMillis(5))).isEmpty();
            }
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("a".repeat(149) + "|length");
        }
    }

    @Test
    void theEndOfAnAnswerIsNotTheEndOfItsStream() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    peer.writeChunk(LAST);
                    ended.await();
                    peer.writeChunk(FIRST);
                    peer.writeChunk(DONE);
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            assertThat(call.next(Duration.ofMillis(100))).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("|stop");
            ended.countDown();
            assertThat(call.taskEnded()).isTrue();
        }
    }

    @Test
    void aStreamThatNeverEndsBehindItsAnswerEndsNoTask() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    peer.writeChunk(LAST);
                    turns.acquire();
                    peer.reset();
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            assertThat(call.next(Duration.ofMillis(100))).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("|stop");
            turns.release();
            assertThat(call.taskEnded()).isFalse();
        }
    }

    @Test
    void aRouterThatIsSilentBehindAnAnswersEndIsNotAwaitedForEver() throws Exception {
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    peer.writeChunk(LAST);
                    peer.awaitEnd();
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            assertThat(call.next(Duration.ofMillis(100))).isEmpty();
            clock.advance(Duration.ofSeconds(150));
            assertThat(rest(call)).isEqualTo("|stop");
            assertThat(call.taskEnded()).isFalse();
        }
    }

    @Test
    void textBehindAnEndReasonBelongsToTheAnswer() throws Exception {
        String early = FIRST.replace("null", "\"stop\"");
        try (RawServer server = RawServer.playing(chunks(early, early, LAST, DONE));
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(rest(call)).isEqualTo("What What|stop");
            assertThat(call.taskEnded()).isTrue();
        }
    }

    @Test
    void anErrorInAStreamEndsNoTaskBeforeTheStreamEnds() throws Exception {
        String error = data("{\"error\":\"no miners\"}");
        try (RawServer server = RawServer.playing(chunks(error));
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(rest(call)).isEqualTo("!no_result");
        }
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(error);
                    peer.awaitEnd();
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(Duration.ofMillis(100))).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("!cut");
        }
    }

    @Test
    void othersTasksDoNotKeepOursAlive() throws Exception {
        Semaphore turns = new Semaphore(0);
        Semaphore written = new Semaphore(0);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(FIRST);
                    while (true) {
                        turns.acquire();
                        peer.writeChunk(OTHERS);
                        written.release();
                    }
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            assertThat(call.next(LONG)).isPresent();
            assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            for (int second = 1; second < 30; second++) {
                clock.advance(Duration.ofSeconds(1));
                turns.release();
                written.acquire();
                assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            }
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("!deadline_next_event");
        }
    }

    @Test
    void aDripOfHeaderBytesMovesNoDeadline() throws Exception {
        dripMissesItsDeadline("HTTP/1.1 200 OK\r\nX: ");
    }

    @Test
    void aDripOfBodyBytesMovesNoDeadline() throws Exception {
        dripMissesItsDeadline("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: ");
    }

    /** One byte a second, which no time-out of a socket would notice. */
    private void dripMissesItsDeadline(String start) throws Exception {
        Semaphore turns = new Semaphore(0);
        Semaphore written = new Semaphore(0);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(start);
                    while (true) {
                        turns.acquire();
                        peer.write("x");
                        written.release();
                    }
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            server.awaitRequest();
            for (int second = 1; second < 60; second++) {
                clock.advance(Duration.ofSeconds(1));
                turns.release();
                written.acquire();
                assertThat(call.next(Duration.ofMillis(1))).isEmpty();
            }
            clock.advance(Duration.ofSeconds(1));
            assertThat(rest(call)).isEqualTo("!deadline_first_token");
        }
    }

    @Test
    void anAnswerThatWasAskedForWholeHasOneDeadline() throws Exception {
        try (RawServer server = RawServer.playing(RawServer.Peer::awaitEnd);
                RouterCall call = open(server, Asks.WHOLE)) {
            server.awaitRequest();
            clock.advance(Duration.ofMinutes(2));
            assertThat(rest(call)).isEqualTo("!deadline_whole_answer");
        }
    }

    @Test
    void noStreamOutlivesItsWhole() throws Exception {
        Semaphore turns = new Semaphore(0);
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    while (true) {
                        turns.acquire();
                        peer.writeChunk(FIRST);
                    }
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            for (int second = 0; second < 150; second += 10) {
                turns.release();
                assertThat(call.next(LONG)).isPresent();
                clock.advance(Duration.ofSeconds(10));
            }
            assertThat(rest(call)).isEqualTo("|length");
            assertThat(call.taskEnded()).isFalse();
        }
    }

    @Test
    void anAnswerThatEndedIsNotLostToADeadline() throws Exception {
        String ended = data("{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}");
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    peer.writeChunk(ended);
                    peer.awaitEnd();
                });
                RouterCall call =
                        routers(RouterKeys.NONE).open(Asks.openAi(server.url()), Asks.hello(), Asks.STREAMED)) {
            assertThat(call.next(LONG)).contains(new RouterEvent.Said(new CompletionEvent.Text("Hi")));
            clock.advance(Duration.ofSeconds(30));
            assertThat(rest(call)).isEqualTo("|stop");
        }
    }

    @Test
    void aLookUpThatHangsIsNotSentAndHoldsNobodyUp() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Resolver hanging = host -> {
            asked.countDown();
            awaitUninterrupted(never);
            return List.of(InetAddress.getLoopbackAddress());
        };
        Routers routers = new Routers(wire(Boundary.LOCAL, hanging), RouterKeys.NONE, new SecureRandom());
        try (RouterCall call =
                routers.open(Asks.cortensor(URI.create("http://router.example")), Asks.hello(), Asks.STREAMED)) {
            asked.await();
            clock.advance(Duration.ofSeconds(5));
            assertThat(rest(call)).isEqualTo("!not_sent_dns");
        }
        never.countDown();
    }

    @Test
    void aKeyThatCannotBeReadInTimeIsNotSent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        RouterKeys hanging = keys(url -> {
            asked.countDown();
            awaitInterrupt();
            return new RouterKeys.RouterKey.Unavailable();
        });
        try (RawServer server = RawServer.answering(json(WHOLE));
                RouterCall call = routers(hanging).open(Asks.cortensor(server.url()), Asks.hello(), Asks.STREAMED)) {
            asked.await();
            clock.advance(Duration.ofSeconds(5));
            assertThat(rest(call)).isEqualTo("!not_sent_no_credential");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void withoutAKeyNothingIsSent() throws Exception {
        try (RawServer server = RawServer.answering(json(WHOLE));
                RouterCall call = routers(keys(url -> new RouterKeys.RouterKey.Unavailable()))
                        .open(Asks.cortensor(server.url()), Asks.hello(), Asks.WHOLE)) {
            assertThat(rest(call)).isEqualTo("!not_sent_no_credential");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theKeyGoesIntoOneHeaderAndIsReadAgainAfterA401() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        RouterKeys keys = new RouterKeys() {
            @Override
            public RouterKey keyFor(URI routerUrl) {
                return new RouterKey.Bearer("sesame");
            }

            @Override
            public void refused(URI routerUrl) {
                refused.incrementAndGet();
            }
        };
        try (RawServer server = RawServer.playing(status(401, "UNAUTHORIZED"));
                RouterCall call = routers(keys).open(Asks.cortensor(server.url()), Asks.hello(), Asks.WHOLE)) {
            assertThat(rest(call)).isEqualTo("!refused_401");
            assertThat(refused).hasValue(1);
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent).containsOnlyOnce("Authorization: Bearer sesame\r\n"));
        }
    }

    @Test
    void aForbiddenHostsKeyIsNotEvenRead() throws Exception {
        RouterKeys keys = keys(url -> {
            throw new AssertionError("read");
        });
        Boundary boundary = new Boundary(Set.of("router.example"), Set.of(), Boundary.Loopback.REFUSED);
        Routers routers = new Routers(wire(boundary, Resolver.SYSTEM), keys, new SecureRandom());
        try (RouterCall call =
                routers.open(Asks.cortensor(URI.create("https://evil.example")), Asks.hello(), Asks.WHOLE)) {
            assertThat(rest(call)).isEqualTo("!not_sent_forbidden_address");
        }
    }

    @Test
    void noThreadWorksOnACallThatIsClosed() throws Exception {
        AtomicReference<@Nullable Thread> attempt = new AtomicReference<>();
        RouterKeys keys = keys(url -> {
            attempt.set(Thread.currentThread());
            return new RouterKeys.RouterKey.NotNeeded();
        });
        try (RawServer server = RawServer.playing(RawServer.Peer::awaitEnd)) {
            RouterCall call = routers(keys).open(Asks.cortensor(server.url()), Asks.hello(), Asks.STREAMED);
            server.awaitRequest();
            assertThat(attempt.get())
                    .isNotNull()
                    .satisfies(thread -> assertThat(thread.isAlive()).isTrue());

            call.close();

            assertThat(attempt.get())
                    .isNotNull()
                    .satisfies(thread -> assertThat(thread.isAlive()).isFalse());
            server.awaitClientGone();
            call.close();
            assertThat(call.next(LONG)).isEmpty();
        }
    }

    @Test
    void closingInterruptsNobodyElse() throws Exception {
        try (RawServer server = RawServer.playing(RawServer.Peer::awaitEnd)) {
            RouterCall call = open(server, Asks.STREAMED);
            server.awaitRequest();
            Thread.currentThread().interrupt();

            call.close();

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aCallerWhoFallsBehindMakesTheRouterWait() throws Exception {
        int events = 20_000;
        String piece = data("{\"task_id\":9,\"choices\":[{\"text\":\"x\",\"finish_reason\":null}]}");
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write(SSE);
                    for (int i = 0; i < events; i++) {
                        peer.writeChunk(piece);
                    }
                    peer.writeChunk(LAST);
                });
                RouterCall call = open(server, Asks.STREAMED)) {
            // Far more than was asked for, and no mark of an end: so it counts as cut.
            assertThat(rest(call)).isEqualTo("x".repeat(events) + "|length");
        }
    }

    @Test
    void aBugInAReaderIsToldWithoutQuotingAnybody() throws Exception {
        RouterKeys buggy = keys(url -> {
            throw new IllegalStateException("a secret");
        });
        try (RawServer server = RawServer.answering(json(WHOLE));
                RouterCall call = routers(buggy).open(Asks.cortensor(server.url()), Asks.hello(), Asks.WHOLE)) {
            assertThatThrownBy(() -> call.next(LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("attempt broke: java.lang.IllegalStateException")
                    .hasNoCause();
        }
    }

    @Test
    void aRequestGoesOnTheConnectionThatWasMadeAheadUnlessThatHasStoodForTooLong() throws Exception {
        try (RawServer server = RawServer.answering(json(WHOLE))) {
            assertThat(answeredAhead(server, Duration.ofMillis(1_999)))
                    .as("look-ups")
                    .isEqualTo(1);
            assertThat(answeredAhead(server, Duration.ofSeconds(2)))
                    .as("look-ups")
                    .isEqualTo(2);
            assertThat(server.requests()).hasSize(2);
        }
    }

    /** How often the router's name was looked up for a request whose connection had stood for so long. */
    private int answeredAhead(RawServer server, Duration stood) throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        Routers routers = ahead(host -> {
            lookUps.incrementAndGet();
            return Resolver.SYSTEM.resolve(host);
        });
        Target target = Asks.cortensor(server.url());
        try (Approach approach = routers.approach(target, LONG)) {
            assertThat(approach.leadsTo(target)).isTrue();
            assertThat(approach.leadsTo(Asks.cortensor(URI.create("http://127.0.0.1:1"))))
                    .isFalse();
            clock.advance(stood);
            try (RouterCall call = approach.open(target, Asks.hello(), Asks.WHOLE)) {
                assertThat(rest(call)).doesNotContain("!");
            }
            assertThat(approach.leadsTo(target)).as("once it was used").isFalse();
        }
        return lookUps.get();
    }

    @Test
    void whatWentWrongWithAConnectionAheadIsTriedAgain() throws Exception {
        AtomicInteger lookUps = new AtomicInteger();
        try (RawServer server = RawServer.answering(json(WHOLE))) {
            Routers routers = ahead(host -> {
                if (lookUps.incrementAndGet() == 1) {
                    throw new UnknownHostException("not now");
                }
                return Resolver.SYSTEM.resolve(host);
            });
            Target target = Asks.cortensor(server.url());
            try (RouterCall call = routers.approach(target, LONG).open(target, Asks.hello(), Asks.WHOLE)) {
                assertThat(rest(call)).doesNotContain("!");
            }
        }
    }

    @Test
    void aConnectionOnWhichNothingIsSentIsClosed() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket accepted = listening.accept()) {
                    if (accepted.getInputStream().read() < 0) {
                        ended.countDown();
                    }
                } catch (IOException e) {
                    // The latch tells.
                }
            });
            Target target = Asks.cortensor(URI.create("http://127.0.0.1:" + listening.getLocalPort()));
            routers(RouterKeys.NONE).approach(target, LONG).close();
            ahead(Resolver.SYSTEM).approach(target, LONG).close();
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Connects ahead at once, so that it is done when the clock is moved. */
    private Routers ahead(Resolver resolver) {
        return new Routers(wire(Boundary.LOCAL, resolver), RouterKeys.NONE, new SecureRandom(), new SideBySide() {
            @Override
            public <T, X extends Exception> Pending<T, X> begin(Call<T, X> call) {
                BegunCall<T, X> begun = new BegunCall<>(call);
                begun.run();
                return begun;
            }
        });
    }

    private RouterCall open(RawServer server, CallTimes times) {
        return routers(RouterKeys.NONE).open(Asks.cortensor(server.url()), Asks.hello(), times);
    }

    private Routers routers(RouterKeys keys) {
        return new Routers(wire(Boundary.LOCAL, Resolver.SYSTEM), keys, new SecureRandom());
    }

    private WireSettings wire(Boundary boundary, Resolver resolver) {
        return new WireSettings(boundary, resolver, (SSLSocketFactory) SSLSocketFactory.getDefault(), clock);
    }

    private static String rest(RouterCall call) throws InterruptedException {
        List<RouterEvent> events = new ArrayList<>();
        while (events.isEmpty() || !Events.last(events.getLast())) {
            events.add(call.next(LONG).orElseThrow());
        }
        return Transcript.of(events);
    }

    private static RouterKeys keys(Function<URI, RouterKeys.RouterKey> source) {
        return new RouterKeys() {
            @Override
            public RouterKey keyFor(URI routerUrl) {
                return source.apply(routerUrl);
            }

            @Override
            public void refused(URI routerUrl) {}
        };
    }

    private static Arguments streamed(String name, RawServer.Script script, String expected) {
        return argumentSet(name + ", streamed", Asks.STREAMED, script, expected);
    }

    private static Arguments whole(String name, RawServer.Script script, String expected) {
        return argumentSet(name + ", whole", Asks.WHOLE, script, expected);
    }

    private static RawServer.Script chunks(String... chunks) {
        return peer -> {
            writeChunks(peer, chunks);
            peer.write("0\r\n\r\n");
        };
    }

    private static RawServer.Script resetAfter(String... chunks) {
        return peer -> {
            writeChunks(peer, chunks);
            peer.reset();
        };
    }

    private static void writeChunks(RawServer.Peer peer, String... chunks) throws IOException {
        peer.write(SSE);
        for (String chunk : chunks) {
            peer.writeChunk(chunk);
        }
    }

    /** The second chunk is announced longer than it is. */
    private static void cut(RawServer.Peer peer, String first, String half) throws IOException {
        writeChunks(peer, first);
        peer.write("fff\r\n" + half);
    }

    private static RawServer.Script status(int status, String body) {
        return peer ->
                peer.write("HTTP/1.1 " + status + " Word\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    private static String typed(String type, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body;
    }

    private static String untyped(String body) {
        return "HTTP/1.1 200 OK\r\n\r\n" + body;
    }

    private static String data(String json) {
        return "data: " + json + "\n\n";
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        boolean over = false;
        while (!over) {
            try {
                latch.await();
                over = true;
            } catch (InterruptedException e) {
                // A look-up in the machine's resolver does not end for an interrupt either.
            }
        }
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
