package network.cortensor.portal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Opens one connection, by a deadline: name, addresses, TLS.
 *
 * @param watcher gets each wait before it begins, so that another thread can end it by closing
 */
record Dial(WireSettings wire, URI url, Instant by, Consumer<Closeable> watcher) {

    /**
     * The machine's own look-up cannot be interrupted, and a virtual thread in it would hold the processor's carrier. It is therefore done
     * by a thread of the system's, which knows only the name, and which nobody waits for after the deadline.
     */
    List<InetAddress> resolve() throws IOException, InterruptedException {
        FutureTask<List<InetAddress>> lookup =
                new FutureTask<>(() -> wire.resolver().resolve(host()));
        watcher.accept(() -> lookup.cancel(false));
        Thread.ofPlatform().daemon().name("resolve").start(lookup);
        try {
            return lookup.get(Math.max(0, left().toNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw new UnknownHostException("not resolved");
        }
    }

    /** Tries the addresses in turn; each gets its share of the time that is left. */
    Socket connect(List<InetAddress> addresses) throws IOException {
        for (int tried = 0; tried < addresses.size(); tried++) {
            Duration share = left().dividedBy(addresses.size() - tried);
            if (share.toMillis() < 1) {
                break;
            }
            // Told to use no proxy, a socket ignores what the machine's properties say.
            Socket socket = new Socket(Proxy.NO_PROXY);
            watcher.accept(socket);
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(addresses.get(tried), WireSettings.portOf(url)), (int) share.toMillis());
                return socket;
            } catch (IOException e) {
                socket.close();
            }
        }
        throw new SocketTimeoutException("not connected");
    }

    /** TLS, with the server's certificate checked against the name in the URL. */
    Socket secure(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) wire.tls().createSocket(plain, host(), WireSettings.portOf(url), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        plain.setSoTimeout((int) Math.max(1, left().toMillis()));
        socket.startHandshake();
        plain.setSoTimeout(0);
        return socket;
    }

    boolean late() {
        return !left().isPositive();
    }

    private Duration left() {
        return Duration.between(wire.clock().instant(), by);
    }

    /** Without the brackets of an IPv6 address. */
    private String host() {
        return url.getHost().replaceAll("[\\[\\]]", "");
    }
}
