package network.cortensor.portal.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class WireServerTest {
    private static final String CHUNKED = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

    @Test
    void aChunkIsReadBeforeTheClientSendsTheNext() throws Exception {
        BlockingQueue<String> read = new LinkedBlockingQueue<>();
        try (WireServer server = WireServer.start(0, exchange -> {
                    byte[] buffer = new byte[100];
                    for (int n = exchange.body().read(buffer);
                            n > 0;
                            n = exchange.body().read(buffer)) {
                        read.add(new String(buffer, 0, n, StandardCharsets.UTF_8));
                    }
                    exchange.answer(200, Headers.NONE, new byte[0]);
                });
                RawClient client = new RawClient(server.port())) {
            client.send(CHUNKED + "3\r\none\r\n");
            assertThat(read.poll(30, TimeUnit.SECONDS)).isEqualTo("one");
            client.send("3;ext=1\r\ntwo\r\n0\r\n\r\n");
            assertThat(read.poll(30, TimeUnit.SECONDS)).isEqualTo("two");
            assertThat(client.readThrough("\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void trailersAreKnownAfterTheLastChunk() throws Exception {
        try (WireServer server = WireServer.start(0, exchange -> {
                    Headers before = exchange.trailers();
                    exchange.body().readAllBytes();
                    String text = before.all() + " "
                            + exchange.trailers().first("x-error").orElse("");
                    exchange.answer(200, Headers.NONE, text.getBytes(StandardCharsets.UTF_8));
                });
                RawClient client = new RawClient(server.port())) {
            client.send(CHUNKED + "1\r\na\r\n0\r\nX-Error: Boom\r\n\r\n");
            client.readThrough("\r\n\r\n");
            assertThat(client.read(7)).isEqualTo("[] Boom");
        }
    }

    @Test
    void aWriteReachesTheClientBeforeTheNextIsMade() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (WireServer server = WireServer.start(0, exchange -> {
                    try (OutputStream out = exchange.stream(200, Headers.of("X-Test", "yes"))) {
                        out.write("first".getBytes(StandardCharsets.UTF_8));
                        seen.await();
                        out.write(new byte[0]);
                        out.write("second".getBytes(StandardCharsets.UTF_8));
                    }
                });
                RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).contains("X-Test: yes\r\n", "Transfer-Encoding: chunked\r\n");
            assertThat(client.read(10)).isEqualTo("5\r\nfirst\r\n");
            seen.countDown();
            assertThat(client.read(16)).isEqualTo("6\r\nsecond\r\n0\r\n\r\n");
        }
    }

    @Test
    void anAnswerThatIsBrokenOffHasNoLastChunk() throws Exception {
        try (WireServer server = WireServer.start(0, exchange -> {
                    exchange.stream(200, Headers.NONE).write('a');
                    exchange.breakOff();
                });
                RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.readToEnd()).endsWith("\r\n\r\n1\r\na\r\n");
        }
    }

    @Test
    void aHandlerThatReturnsInTheMiddleOfAnAnswerBreaksItOff() throws Exception {
        try (WireServer server = WireServer.start(
                        0, exchange -> exchange.stream(200, Headers.NONE).write('a'));
                RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.readToEnd()).endsWith("\r\n\r\n1\r\na\r\n");
        }
    }

    @Test
    void aConnectionCarriesSeveralRequestsWhateverTheHandlerReadsOfThem() throws Exception {
        try (WireServer server = WireServer.start(
                        0,
                        exchange -> exchange.answer(
                                200, Headers.NONE, exchange.head().target().getBytes(StandardCharsets.UTF_8)));
                RawClient client = new RawClient(server.port())) {
            for (String target : List.of("/a", "/b?c=d", "/e")) {
                client.send("PUT " + target + " HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody");
                client.readThrough("\r\n\r\n");
                assertThat(client.read(target.length())).isEqualTo(target);
            }
        }
    }

    @ParameterizedTest
    @MethodSource
    void anAnswerWithoutABodyEndsWithItsHead(String method, int status) throws Exception {
        try (WireServer server = WireServer.start(0, exchange -> {
                    try (OutputStream out = exchange.stream(status, Headers.NONE)) {
                        out.write('x');
                    }
                });
                RawClient client = new RawClient(server.port())) {
            client.send(method + " / HTTP/1.1\r\nConnection: close\r\n\r\n");
            assertThat(client.readToEnd()).isEqualTo("HTTP/1.1 " + status + " \r\nConnection: close\r\n\r\n");
        }
    }

    static Stream<Arguments> anAnswerWithoutABodyEndsWithItsHead() {
        return Stream.of(
                argumentSet("HEAD", "HEAD", 200), argumentSet("204", "OPTIONS", 204), argumentSet("304", "GET", 304));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoRequestIsRefused(String request, int status) throws Exception {
        try (WireServer server = WireServer.start(0, exchange -> {
                    exchange.body().readAllBytes();
                    exchange.answer(200, Headers.NONE, new byte[0]);
                });
                RawClient client = new RawClient(server.port())) {
            client.send(request);
            assertThat(client.readToEnd())
                    .isEqualTo("HTTP/1.1 " + status + " \r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }

    static Stream<Arguments> whatIsNoRequestIsRefused() {
        return Stream.of(
                argumentSet("no request line", "hello\r\n\r\n", 400),
                argumentSet("another version", "GET / HTTP/1.0\r\n\r\n", 505),
                argumentSet("no path", "GET http://other/ HTTP/1.1\r\n\r\n", 400),
                argumentSet("header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400),
                argumentSet("folded header", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", 400),
                argumentSet("two lengths", "GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
                argumentSet("length no number", "GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
                argumentSet(
                        "two framings",
                        "GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                        400),
                argumentSet("chunk size no number", CHUNKED + "z\r\n", 400),
                argumentSet("chunk longer than it says", CHUNKED + "1\r\nab\r\n", 400),
                // One byte more than is read, so that nothing unread turns the end of the connection into a reset.
                argumentSet("endless head", "G".repeat(HeadReader.LIMIT + 1), 431));
    }

    @Test
    void aClientThatWaitsToBeToldToGoOnIsTold() throws Exception {
        try (WireServer server = WireServer.start(
                        0,
                        exchange -> exchange.answer(
                                200, Headers.NONE, exchange.body().readAllBytes()));
                RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readThrough("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("hi");
            assertThat(client.readThrough("hi")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aBodyThatNobodyReadsDoesNotCostTheClientItsAnswer() throws Exception {
        byte[] large = new byte[8 * 1024 * 1024];
        Arrays.fill(large, (byte) 'x');
        try (WireServer server = WireServer.start(
                        0, exchange -> exchange.answer(413, Headers.NONE, "no".getBytes(StandardCharsets.UTF_8)));
                RawClient client = new RawClient(server.port())) {
            client.send("POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: " + large.length + "\r\n\r\n");
            client.send(large);
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 413").endsWith("no");
        }
    }

    @Test
    void closingTheServerEndsHandlersThatWait() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        WireServer server = WireServer.start(0, _ -> {
            handling.countDown();
            never.await();
        });
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            handling.await();
            server.close();
            assertThat(client.readToEnd()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsABindException() throws Exception {
        try (WireServer server = WireServer.start(0, _ -> {})) {
            assertThatThrownBy(() -> WireServer.start(server.port(), _ -> {})).isInstanceOf(BindException.class);
        }
    }

    @Test
    void aSecondAnswerIsABug() throws Exception {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        try (WireServer server = WireServer.start(0, exchange -> {
                    exchange.answer(200, Headers.NONE, new byte[0]);
                    try {
                        exchange.answer(200, Headers.NONE, new byte[0]);
                    } catch (IllegalStateException | IOException e) {
                        thrown.add(e);
                    }
                });
                RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(thrown.poll(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        }
    }
}
