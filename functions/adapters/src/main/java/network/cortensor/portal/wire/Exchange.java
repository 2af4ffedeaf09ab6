package network.cortensor.portal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Nothing is sent twice, whatever happens.
 *
 * <p>One thread sends and reads. Any thread may give the exchange up or close it, which ends what the other one waits for.
 */
public final class Exchange implements AutoCloseable {
    private final WireSettings wire;
    private final SendGate gate = new SendGate();
    private volatile @Nullable Socket socket;

    Exchange(WireSettings wire) {
        this.wire = wire;
    }

    /** Whether the URL may be spoken to at all, as far as its name shows. */
    public boolean permits(URI url) {
        return wire.boundary().permits(url);
    }

    /**
     * Connects, sends, and waits for the answer's head, for as long as it takes.
     *
     * @param sendBefore the first byte leaves before then, or none does
     * @throws InterruptedException if the thread is interrupted while it looks the name up
     */
    public ExchangeOutcome send(Request request, Instant sendBefore) throws InterruptedException {
        if (!permits(request.url())) {
            return new ExchangeOutcome.Failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        }
        try {
            return speak(request, new Dial(wire, request.url(), sendBefore, this::watch));
        } catch (MessageConstraintException e) {
            return new ExchangeOutcome.Failed(new Failure.Oversized());
        } catch (HttpException e) {
            return new ExchangeOutcome.Failed(new Failure.Unintelligible());
        } catch (IOException e) {
            return new ExchangeOutcome.Failed(gate.failure());
        }
    }

    private ExchangeOutcome speak(Request request, Dial dial) throws IOException, HttpException, InterruptedException {
        gate.enter(SendGate.Stage.RESOLVING);
        List<InetAddress> addresses = dial.resolve();
        if (!addresses.stream().allMatch(wire.boundary()::permits)) {
            return new ExchangeOutcome.Failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        }
        gate.enter(SendGate.Stage.CONNECTING);
        Socket connected = dial.connect(addresses);
        if (WireSettings.secure(request.url())) {
            gate.enter(SendGate.Stage.SECURING);
            connected = dial.secure(connected);
        }
        if (dial.late()) {
            return new ExchangeOutcome.Failed(gate.failure());
        }
        gate.enter(SendGate.Stage.SENT);
        return Http.on(connected).speak(request);
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
            closeSocket();
        }
        return failure;
    }

    @Override
    public void close() {
        gate.giveUp();
        closeSocket();
    }

    /** The second of this and {@link #close} sees what the first has done. */
    private void watch(Socket opened) {
        socket = opened;
        if (gate.givenUp()) {
            closeSocket();
        }
    }

    /** The plain socket, also under TLS: a goodbye of TLS could wait for a peer that does not read. */
    private void closeSocket() {
        Socket open = socket;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
