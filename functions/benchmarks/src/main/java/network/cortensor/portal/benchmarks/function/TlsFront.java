package network.cortensor.portal.benchmarks.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * TLS before a simulated router, under the name {@value #HOST}, as the packaged function wants it: it refuses this machine's loopback. So the front listens on an address of this
 * machine's own network, which nothing of a connection leaves, and the function is told that address in a file of hosts, and to trust the front's certificate.
 *
 * @param folder where the store of the certificate and the file of hosts are
 */
public record TlsFront(SSLServerSocket listener, Path folder) implements AutoCloseable {
    public static final String HOST = "router.example";

    private static final String PASSWORD = "measured";
    private static final int BACKLOG = 50;

    /** Empty where this machine has no address but loopback, or no {@code keytool}. */
    static Optional<TlsFront> before(int router) throws IOException {
        Optional<InetAddress> address = ownAddress();
        Path folder = Files.createTempDirectory("tls-front");
        if (address.isEmpty() || !certified(folder)) {
            return Optional.empty();
        }
        Files.writeString(
                folder.resolve("hosts"), address.get().getHostAddress() + " " + HOST + "\n127.0.0.1 localhost\n");
        try {
            SSLServerSocket listener = (SSLServerSocket)
                    context(folder).getServerSocketFactory().createServerSocket(0, BACKLOG, address.get());
            Thread.ofVirtual().start(() -> accept(listener, router));
            return Optional.of(new TlsFront(listener, folder));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of keytool's", e);
        }
    }

    /** What the catalog says of the router. */
    String url() {
        return "https://" + HOST + ":" + listener.getLocalPort();
    }

    /** Options of a JVM that finds and trusts it. */
    public String options() {
        return "-Djavax.net.ssl.trustStore=" + folder.resolve("store") + " -Djavax.net.ssl.trustStorePassword="
                + PASSWORD + " -Djdk.net.hosts.file=" + folder.resolve("hosts");
    }

    private static Optional<InetAddress> ownAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .findFirst();
    }

    private static boolean certified(Path folder) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "router",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + HOST,
                        "-ext",
                        "san=dns:" + HOST,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        folder.resolve("store").toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return keytool.onExit().join().exitValue() == 0;
    }

    private static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(folder.resolve("store").toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void accept(SSLServerSocket listener, int router) {
        try {
            while (true) {
                Socket outside = listener.accept();
                Thread.ofVirtual().start(() -> join(outside, router));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private static void join(Socket outside, int router) {
        try (outside;
                Socket inside = new Socket(InetAddress.getLoopbackAddress(), router)) {
            Thread.ofVirtual().start(() -> pass(outside, inside));
            pass(inside, outside);
        } catch (IOException e) {
            // Either side has gone.
            return;
        }
    }

    private static void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // Either side has gone.
            return;
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (String file : List.of("store", "hosts")) {
                Files.deleteIfExists(folder.resolve(file));
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new IllegalStateException("a front that does not end", e);
        }
    }
}
