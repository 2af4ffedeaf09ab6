package network.cortensor.portal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ExchangeTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";

    @Test
    void aRequestIsSentAsItIsAndItsAnswerRead() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange()) {
            Request request = Request.post(server.url().resolve("/a/b?c=d"), Map.of("Accept", "x/y"), "{\"ü\":1}");

            ExchangeOutcome reply = exchange.send(request, soon());

            assertThat(reply).isInstanceOfSatisfying(ExchangeOutcome.Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(200);
                assertThat(answered.mediaType()).isEqualTo("application/json");
                assertThat(answered.body().whole(10)).isEqualTo(new ResponseBody.Whole.Text("{}"));
            });
            assertThat(server.requests())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent)
                            .startsWith("POST /a/b?c=d HTTP/1.1\r\n")
                            .contains("Host: 127.0.0.1:" + server.port() + "\r\n")
                            .contains("Connection: close\r\n")
                            .contains("Content-Length: 8\r\n")
                            .contains("Accept: x/y\r\n")
                            .doesNotContain("Accept-Encoding")
                            .endsWith("\r\n\r\n{\"ü\":1}"));
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheServersIsAFailureAndSeesTheRequestOnce(RawServer.Script script, Failure expected) throws Exception {
        try (RawServer server = RawServer.playing(script)) {
            assertThat(send(server.url())).isEqualTo(new ExchangeOutcome.Failed(expected));
            assertThat(server.requests()).hasSize(1);
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("reset before the head", RawServer.Peer::reset, new Failure.ConnectionLost()),
                fault("closed before the head", peer -> {}, new Failure.ConnectionLost()),
                fault("closed in the status line", peer -> peer.write("HTTP/1.1 4"), new Failure.ConnectionLost()),
                fault(
                        "closed in the headers",
                        peer -> peer.write("HTTP/1.1 400 Bad Request\r\nContent-Ty"),
                        new Failure.ConnectionLost()),
                fault(
                        "closed between two headers",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"),
                        new Failure.ConnectionLost()),
                fault(
                        "reset in the headers",
                        peer -> {
                            peer.write("HTTP/1.1 200 OK\r\nContent-Ty");
                            peer.reset();
                        },
                        new Failure.ConnectionLost()),
                fault("no HTTP at all", peer -> peer.write("SSH-2.0-OpenSSH\r\n\r\n"), new Failure.Unintelligible()),
                fault(
                        "an endless header",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000)),
                        new Failure.Oversized()),
                fault(
                        "too many headers",
                        peer -> peer.write("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(1000) + "\r\n"),
                        new Failure.Oversized()),
                fault(
                        "interim answers without end",
                        peer -> peer.write("HTTP/1.1 102 Processing\r\n\r\n".repeat(100)),
                        new Failure.Unintelligible()),
                fault(
                        "a compressed body",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"),
                        new Failure.Unintelligible()),
                fault(
                        "a nonsensical length",
                        peer -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"),
                        new Failure.Unintelligible()));
    }

    private static Arguments fault(String name, RawServer.Script script, Failure expected) {
        return argumentSet(name, script, expected);
    }

    @Test
    void interimAnswersAreSkipped() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK)) {
            assertThat(send(server.url())).isInstanceOf(ExchangeOutcome.Answered.class);
        }
    }

    @Test
    void aRedirectIsAnAnswerLikeAnyOther() throws Exception {
        try (RawServer elsewhere = RawServer.answering(OK);
                RawServer server = RawServer.answering(
                        "HTTP/1.1 307 Away\r\nLocation: " + elsewhere.url() + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(send(server.url()))
                    .isInstanceOfSatisfying(
                            ExchangeOutcome.Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(307));
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aBodyThatEndsBeforeItsLengthIsCut() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}");
                Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange()) {
            ExchangeOutcome reply = exchange.send(Request.get(server.url(), Map.of()), soon());

            assertThat(((ExchangeOutcome.Answered) reply).body().whole(100))
                    .isEqualTo(new ResponseBody.Whole.Broken(new Failure.Cut()));
        }
    }

    @Test
    void chunksThatBreakOffAreCut() throws Exception {
        try (RawServer server = RawServer.playing(peer -> {
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    peer.writeChunk("{}");
                });
                Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange()) {
            ExchangeOutcome reply = exchange.send(Request.get(server.url(), Map.of()), soon());

            assertThat(((ExchangeOutcome.Answered) reply).body().whole(100))
                    .isEqualTo(new ResponseBody.Whole.Broken(new Failure.Cut()));
        }
    }

    @Test
    void aBodyAboveTheLimitIsOversized() throws Exception {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(101));
                Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange()) {
            ExchangeOutcome reply = exchange.send(Request.get(server.url(), Map.of()), soon());

            assertThat(((ExchangeOutcome.Answered) reply).body().whole(100))
                    .isEqualTo(new ResponseBody.Whole.Broken(new Failure.Oversized()));
        }
    }

    @Test
    void whatComesBehindTheBodyIsNotPartOfIt() throws Exception {
        try (RawServer server = RawServer.answering(OK + "trailing garbage");
                Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange()) {
            ExchangeOutcome reply = exchange.send(Request.get(server.url(), Map.of()), soon());

            assertThat(((ExchangeOutcome.Answered) reply).body().whole(100))
                    .isEqualTo(new ResponseBody.Whole.Text("{}"));
        }
    }

    @Test
    void aHostThatIsNotListedIsNotEvenLookedUp() throws Exception {
        Resolver resolver = host -> {
            throw new AssertionError("looked up");
        };
        Boundary boundary = new Boundary(Set.of("router.example"), Set.of(), Boundary.Loopback.REFUSED);

        assertThat(send(wire(boundary, resolver), URI.create("https://other.example")))
                .isEqualTo(notSent(Cause.FORBIDDEN_ADDRESS));
    }

    @Test
    void oneForbiddenAddressAmongGoodOnesIsEnough() throws Exception {
        Boundary boundary = new Boundary(Set.of("*"), Set.of("*"), Boundary.Loopback.REFUSED);
        try (RawServer server = RawServer.answering(OK)) {
            Resolver resolver =
                    host -> List.of(InetAddress.getByName("203.0.113.7"), InetAddress.getByName("169.254.169.254"));

            assertThat(send(wire(boundary, resolver), URI.create("http://router.example:" + server.port())))
                    .isEqualTo(notSent(Cause.FORBIDDEN_ADDRESS));
        }
    }

    @Test
    void aListedNameThatLeadsToThisMachineIsForbidden() throws Exception {
        Boundary boundary = new Boundary(Set.of("*"), Set.of("*"), Boundary.Loopback.REFUSED);
        try (RawServer server = RawServer.answering(OK)) {
            Resolver rebinding = host -> List.of(InetAddress.getLoopbackAddress());

            assertThat(send(wire(boundary, rebinding), URI.create("http://router.example:" + server.port())))
                    .isEqualTo(notSent(Cause.FORBIDDEN_ADDRESS));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aNameWithoutAddressIsAFailureOfDns() throws Exception {
        Resolver resolver = host -> {
            throw new UnknownHostException(host);
        };

        assertThat(send(wire(Boundary.LOCAL, resolver), URI.create("http://router.example")))
                .isEqualTo(notSent(Cause.DNS));
    }

    @Test
    void aRefusedConnectionIsNotSent() throws Exception {
        assertThat(send(URI.create("http://127.0.0.1:" + closedPort()))).isEqualTo(notSent(Cause.CONNECT));
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            Resolver resolver = host -> List.of(InetAddress.getByName("127.0.0.99"), InetAddress.getLoopbackAddress());

            assertThat(send(wire(Boundary.LOCAL, resolver), URI.create("http://router.example:" + server.port())))
                    .isInstanceOf(ExchangeOutcome.Answered.class);
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsAFailureOfTls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // The test has ended.
                }
            });

            assertThat(send(URI.create("https://127.0.0.1:" + server.getLocalPort())))
                    .isEqualTo(notSent(Cause.TLS));
        }
    }

    @Test
    void nothingLeavesAfterItsTime() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange()) {
            ExchangeOutcome reply = exchange.send(
                    Request.get(server.url(), Map.of()), Instant.now().minusSeconds(1));

            assertThat(((ExchangeOutcome.Failed) reply).failure()).isInstanceOf(Failure.NotSent.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void nothingLeavesWhenConnectingTookAllTheTime() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Instant start = Instant.parse("2026-11-23T12:00:00Z");
        InstantSource hurrying = () -> start.plusSeconds(looks.getAndIncrement());
        WireSettings wire = new WireSettings(
                Boundary.LOCAL, Resolver.SYSTEM, (SSLSocketFactory) SSLSocketFactory.getDefault(), hurrying);
        try (RawServer server = RawServer.answering(OK);
                Exchange exchange = wire.exchange()) {
            ExchangeOutcome reply = exchange.send(Request.get(server.url(), Map.of()), start.plusMillis(1500));

            assertThat(reply).isEqualTo(notSent(Cause.CONNECT));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aLookUpThatHangsIsGivenUpUnsent() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Resolver hanging = host -> {
            asked.countDown();
            await(never);
            return List.of();
        };
        Exchange exchange = wire(Boundary.LOCAL, hanging).exchange();
        Thread sender = Thread.ofVirtual().start(() -> sendQuietly(exchange, URI.create("http://router.example")));

        asked.await();
        assertThat(exchange.giveUpUnsent()).contains(new Failure.NotSent(Cause.DNS));
        sender.interrupt();
        sender.join();
        never.countDown();
    }

    @Test
    void aHandshakeThatHangsIsGivenUpUnsent() throws Exception {
        CountDownLatch greeted = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FutureTask<Integer> peer = new FutureTask<>(() -> {
                try (var socket = server.accept()) {
                    int first = socket.getInputStream().read();
                    greeted.countDown();
                    while (socket.getInputStream().read() >= 0) {
                        // Says nothing back.
                    }
                    return first;
                }
            });
            Thread.ofVirtual().start(peer);
            Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange();
            URI url = URI.create("https://127.0.0.1:" + server.getLocalPort());
            Thread sender = Thread.ofVirtual().start(() -> sendQuietly(exchange, url));

            greeted.await();
            assertThat(exchange.giveUpUnsent()).contains(new Failure.NotSent(Cause.TLS));
            sender.join();
            assertThat(peer.get()).isEqualTo(22);
        }
    }

    @Test
    void whatWasSentCannotBeGivenUpUnsent() throws Exception {
        try (RawServer server = RawServer.playing(RawServer.Peer::awaitEnd)) {
            Exchange exchange = WireSettings.within(Boundary.LOCAL).exchange();
            Thread sender = Thread.ofVirtual().start(() -> sendQuietly(exchange, server.url()));

            server.awaitRequest();
            assertThat(exchange.sent()).isTrue();
            assertThat(exchange.giveUpUnsent()).isEqualTo(Optional.empty());
            exchange.close();
            sender.join();
            assertThat(exchange.sent()).isTrue();
            server.awaitClientGone();
        }
    }

    @Test
    void credentialsAndContentStayOutOfLogs() {
        Request request =
                Request.post(URI.create("https://router.example"), Map.of("Authorization", "secret"), "words");

        assertThat(request.toString()).doesNotContain("secret", "words");
    }

    private static ExchangeOutcome send(URI url) throws InterruptedException {
        return send(WireSettings.within(Boundary.LOCAL), url);
    }

    private static ExchangeOutcome send(WireSettings wire, URI url) throws InterruptedException {
        try (Exchange exchange = wire.exchange()) {
            return exchange.send(Request.post(url, Map.of(), "{}"), soon());
        }
    }

    private static void sendQuietly(Exchange exchange, URI url) {
        try {
            exchange.send(Request.post(url, Map.of(), "{}"), soon());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static WireSettings wire(Boundary boundary, Resolver resolver) {
        return new WireSettings(
                boundary, resolver, (SSLSocketFactory) SSLSocketFactory.getDefault(), InstantSource.system());
    }

    private static ExchangeOutcome notSent(Cause cause) {
        return new ExchangeOutcome.Failed(new Failure.NotSent(cause));
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofSeconds(30));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }
}
