package network.cortensor.portal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import network.cortensor.portal.tokens.TokenCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PrimingTest {
    @Test
    void oneRequestGoesThroughTheWholeFunction() {
        assertThatCode(() -> Priming.run(new TokenCounter())).doesNotThrowAnyException();
    }

    @Test
    void nothingOfItRunsOn() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        Priming.run(new TokenCounter());

        // The AWS SDK has two threads of its own, which know no client once it is closed.
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread) && thread.isAlive() && !thread.isDaemon())
                .isEmpty();
    }

    @Test
    void theCertificateIsGoodForLocalhostAndTrustedByItsOwnContextAlone() throws Exception {
        SSLContext tls = LoopbackCertificate.context(Instant.now());
        try (SSLServerSocket server = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server));
            assertThatCode(() -> handshake(tls, server)).doesNotThrowAnyException();
            assertThatCode(() -> handshake(SSLContext.getDefault(), server)).isInstanceOf(IOException.class);
            assertThatCode(() -> handshake(LoopbackCertificate.context(Instant.now()), server))
                    .isInstanceOf(IOException.class);
        }
    }

    private static void handshake(SSLContext context, SSLServerSocket server) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
        }
    }

    private static void answer(SSLServerSocket server) {
        while (true) {
            try (SSLSocket accepted = (SSLSocket) server.accept()) {
                accepted.startHandshake();
            } catch (IOException e) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }
}
