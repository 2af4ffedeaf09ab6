package network.cortensor.portal.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Nothing is sent twice, whatever happens.
 *
 * <p>One thread sends and reads. Any thread may give the exchange up or close it, which ends what the other one waits for. Before the first of them sends, another
 * one may have {@linkplain #connect connected}.
 */
public final class Exchange implements AutoCloseable {
    private final WireSettings wire;
    private final SendGate gate = new SendGate();
    private volatile @Nullable Closeable waiting;
    private Optional<Pending<Optional<Standing>, RuntimeException>> ahead = Optional.empty();

    /** For how long a connection may stand before something is sent on it: servers wait longer than this for a request's first byte. */
    private static final Duration STANDS_FOR = Duration.ofSeconds(2);

    /** A connection on which nothing was sent yet. */
    private record Standing(Socket socket, Instant since) {}

    Exchange(WireSettings wire) {
        this.wire = wire;
    }

    /** Whether the URL may be spoken to at all, as far as its name shows. */
    public boolean permits(URI url) {
        return wire.boundary().permits(url);
    }

    /**
     * Begins to connect, as long as nobody knows yet whether anything will be sent. What goes wrong is told by nobody: {@link #send} tries again, and tells
     * that. Called once at most, before {@link #send} and by the same thread.
     *
     * @param by until then it tries
     */
    public void connect(URI url, Instant by, SideBySide beside) {
        ahead = Optional.of(beside.begin(() -> standing(new Dial(wire, url, by, this::watch))));
    }

    private Optional<Standing> standing(Dial dial) {
        try {
            return permits(dial.url())
                    ? Optional.of(new Standing(dialled(dial), wire.clock().instant()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Connects if it has not already, sends, and waits for the answer's head, for as long as it takes.
     *
     * @param sendBefore the first byte leaves before then, or none does
     * @throws InterruptedException if the thread is interrupted while it looks the name up
     */
    public ExchangeOutcome send(Request request, Instant sendBefore) throws InterruptedException {
        if (!permits(request.url())) {
            return new ExchangeOutcome.Failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        }
        gate.ready();
        try {
            return speak(request, new Dial(wire, request.url(), sendBefore, this::watch));
        } catch (ForbiddenAddress e) {
            return new ExchangeOutcome.Failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        } catch (MessageConstraintException e) {
            return new ExchangeOutcome.Failed(new Failure.Oversized());
        } catch (HttpException e) {
            return new ExchangeOutcome.Failed(new Failure.Unintelligible());
        } catch (IOException e) {
            return new ExchangeOutcome.Failed(gate.failure());
        }
    }

    private ExchangeOutcome speak(Request request, Dial dial) throws IOException, HttpException, InterruptedException {
        Optional<Socket> standing = ahead.flatMap(Pending::await).flatMap(this::ifYoung);
        Socket connected = standing.isPresent() ? standing.get() : dialled(dial);
        if (dial.late()) {
            return new ExchangeOutcome.Failed(gate.failure());
        }
        gate.enter(SendGate.Stage.SENT);
        return Http.on(connected).speak(request);
    }

    private Optional<Socket> ifYoung(Standing standing) {
        if (wire.clock().instant().isBefore(standing.since().plus(STANDS_FOR))) {
            return Optional.of(standing.socket());
        }
        endWait();
        return Optional.empty();
    }

    private Socket dialled(Dial dial) throws IOException, InterruptedException {
        gate.enter(SendGate.Stage.RESOLVING);
        List<InetAddress> addresses = dial.resolve();
        if (!addresses.stream().allMatch(wire.boundary()::permits)) {
            throw new ForbiddenAddress();
        }
        gate.enter(SendGate.Stage.CONNECTING);
        Socket connected = dial.connect(addresses);
        if (WireSettings.secure(dial.url())) {
            gate.enter(SendGate.Stage.SECURING);
            connected = dial.secure(connected);
        }
        return connected;
    }

    /** A name leads to an address that must not be connected to. */
    private static final class ForbiddenAddress extends IOException {
        private ForbiddenAddress() {
            super("forbidden address");
        }
    }

    /** Whether the first byte may have left. */
    public boolean sent() {
        return gate.sent();
    }

    /**
     * Gives up if nothing has left yet, and tells what stood in the way. Empty, and nothing changes, if the first byte may have left or the
     * exchange is over.
     */
    public Optional<Failure> giveUpUnsent() {
        Optional<Failure> failure = gate.giveUpUnsent();
        if (failure.isPresent()) {
            endWait();
        }
        return failure;
    }

    @Override
    public void close() {
        gate.giveUp();
        endWait();
        // Nothing of it is left then: not even the thread that connected ahead.
        ahead.ifPresent(SideBySide::end);
    }

    /** The second of this and {@link #close} sees what the first has done. */
    private void watch(Closeable begun) {
        waiting = begun;
        if (gate.givenUp()) {
            endWait();
        }
    }

    /** Closes the plain socket, also under TLS: a goodbye of TLS could wait for a peer that does not read. */
    private void endWait() {
        Closeable begun = waiting;
        if (begun == null) {
            return;
        }
        try {
            begun.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
