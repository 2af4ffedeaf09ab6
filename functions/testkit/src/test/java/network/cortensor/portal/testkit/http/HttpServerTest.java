package network.cortensor.portal.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import network.cortensor.portal.testkit.http.RawCall.Ending;
import network.cortensor.portal.testkit.http.RawCall.Heard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final CountDownLatch hung = new CountDownLatch(1);
    private final HttpServer server = HttpServer.start(0, this::handle);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void oneConnectionCarriesSeveralRequests() throws Exception {
        String first = "GET /first HTTP/1.1\r\n\r\n";

        Heard heard = RawCall.send(server.url(), first + RawCall.get("/second"));

        assertThat(heard.bytes()).contains("GET /first over 1: ").contains("GET /second over 1: ");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aBodyInChunksIsRead() throws Exception {
        String head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        String chunks = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";

        Heard heard = RawCall.send(server.url(), head + chunks);

        assertThat(heard.rawBody()).isEqualTo("POST / over 1: abcde");
    }

    @Test
    void aClientThatExpectsToContinueMayContinue() throws Exception {
        Heard heard = RawCall.send(
                server.url(),
                "POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab");

        assertThat(heard.bytes()).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        assertThat(RawCall.send(server.url(), "hello\r\n").statusLine()).startsWith("HTTP/1.1 400");
    }

    @Test
    void aStoppedServerRefusesConnects() {
        server.stop();

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> RawCall.send(server.url(), RawCall.get("/")));
    }

    @Test
    void aStoppedServerLeavesNoThreadAtWork() throws Exception {
        try (Socket socket = RawCall.open(server.url(), RawCall.get("/hang"))) {
            hung.await();

            server.stop();

            assertThat(RawCall.hear(socket)).isEqualTo(new Heard("", Ending.RESET));
        }
    }

    @Test
    void aRestartedServerServesOnTheSamePort() throws Exception {
        int port = server.url().getPort();
        server.stop();

        server.restart();

        assertThat(server.url().getPort()).isEqualTo(port);
        assertThat(RawCall.send(server.url(), RawCall.get("/")).statusLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void aServerThatRunsCannotBeRestarted() {
        assertThatIllegalStateException().isThrownBy(server::restart);
    }

    @Test
    void aPortInUseIsNamed() {
        int port = server.url().getPort();

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> HttpServer.start(port, this::handle))
                .withMessageContaining("port " + port);
    }

    private void handle(PeerRequest request, Answer answer) throws InterruptedException {
        if (request.path().equals("/hang")) {
            hung.countDown();
            new CountDownLatch(1).await();
        }
        answer.send(new CannedReply(
                "200 OK",
                "text/plain",
                Map.of(),
                request.method() + " " + request.path() + " over " + request.connection() + ": " + request.body()));
    }
}
