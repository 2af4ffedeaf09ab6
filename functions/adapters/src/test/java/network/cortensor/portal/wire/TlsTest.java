package network.cortensor.portal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server whose certificate names {@code router.example} and is signed by nobody else. */
@Timeout(300)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Resolver RESOLVER = host -> List.of(InetAddress.getLoopbackAddress());

    private static KeyStore keys;
    private static SSLContext context;

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("router.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "router",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=router.example",
                        "-ext",
                        "san=dns:router.example",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD)))
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @Test
    void aServerThatIsTrustedAndNamedAsInTheUrlIsSpokenTo() throws Exception {
        assertThat(send(context.getSocketFactory(), "router.example"))
                .isInstanceOfSatisfying(
                        ExchangeOutcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(204));
    }

    @Test
    void aServerThatNobodyTrustsIsNotSpokenTo() throws Exception {
        assertThat(send((SSLSocketFactory) SSLSocketFactory.getDefault(), "router.example"))
                .isEqualTo(new ExchangeOutcome.Failed(new Failure.NotSent(Cause.TLS)));
    }

    @Test
    void aServerWithAnotherNameIsNotSpokenTo() throws Exception {
        assertThat(send(context.getSocketFactory(), "other.example"))
                .isEqualTo(new ExchangeOutcome.Failed(new Failure.NotSent(Cause.TLS)));
    }

    private static ExchangeOutcome send(SSLSocketFactory tls, String host) throws Exception {
        try (RawServer server = RawServer.on(
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress()),
                peer -> peer.write("HTTP/1.1 204 No Content\r\n\r\n"))) {
            WireSettings wire = new WireSettings(Boundary.LOCAL, RESOLVER, tls, InstantSource.system());
            try (Exchange exchange = wire.exchange()) {
                URI url = URI.create("https://" + host + ":" + server.port());
                return exchange.send(Request.get(url, Map.of()), Instant.now().plusSeconds(30));
            }
        }
    }
}
