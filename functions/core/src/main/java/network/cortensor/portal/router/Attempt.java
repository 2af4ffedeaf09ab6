package network.cortensor.portal.router;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import network.cortensor.portal.wire.Body;
import network.cortensor.portal.wire.Exchange;
import network.cortensor.portal.wire.Lines;
import network.cortensor.portal.wire.Reply;
import network.cortensor.portal.wire.Request;

/** The side of a call that reads the key, connects, sends and listens, on a thread of its own. It understands nothing of an answer but where it ends. */
final class Attempt {
    /** The largest answer that is taken in one piece. */
    static final int MOST_BYTES_WHOLE = 8 * 1024 * 1024;

    /** The largest single event of a stream. */
    static final int MOST_BYTES_LINE = 1024 * 1024;

    /** The largest stream: events of one token are some fifty times their text. */
    static final long MOST_BYTES_STREAM = 64L * 1024 * 1024;

    /** How much of an error's body is looked at. */
    private static final int MOST_BYTES_ERROR = 64 * 1024;

    private static final String DATA = "data:";
    private static final String DONE = "[DONE]";

    private final RouterKeys keys;
    private final Exchange exchange;
    private final Dialect dialect;
    private final Request request;
    private final Relay relay;
    private final InstantSource clock;

    Attempt(RouterKeys keys, Exchange exchange, Dialect dialect, Relay relay, InstantSource clock) {
        this.keys = keys;
        this.exchange = exchange;
        this.dialect = dialect;
        this.request = dialect.request();
        this.relay = relay;
        this.clock = clock;
    }

    Exchange exchange() {
        return exchange;
    }

    Relay relay() {
        return relay;
    }

    /** @param sendBefore the first byte leaves before then, or none does */
    void run(Instant sendBefore) {
        try (exchange) {
            relay.put(speak(sendBefore));
        } catch (InterruptedException e) {
            // The caller has given the attempt up, and waits for nothing but this thread's end.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            relay.broke(e);
        }
    }

    /** Returns what arrives last; what comes before has been put already. */
    private Arrival speak(Instant sendBefore) throws InterruptedException {
        if (!exchange.permits(request.url())) {
            return new Arrival.Failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        }
        return switch (keys.keyFor(request.url())) {
            case RouterKeys.RouterKey.Bearer key ->
                listen(exchange.send(request.with("Authorization", "Bearer " + key.value()), sendBefore));
            case RouterKeys.RouterKey.NotNeeded ignored -> listen(exchange.send(request, sendBefore));
            case RouterKeys.RouterKey.Unavailable ignored -> new Arrival.Failed(Failure.NotSent.NO_CREDENTIAL);
        };
    }

    private Arrival listen(Reply reply) throws InterruptedException {
        return switch (reply) {
            case Reply.Failed failed -> new Arrival.Failed(failed.failure());
            case Reply.Answered answered when answered.status() == 200 -> answer(answered);
            case Reply.Answered answered -> new Arrival.Failed(refusal(answered));
        };
    }

    private Failure refusal(Reply.Answered answered) {
        if (answered.status() == 401) {
            keys.refused(request.url());
        }
        Optional<Duration> wait = answered.retryAfter().flatMap(said -> Rebuff.retryAfter(said, clock.instant()));
        Optional<String> body = dialect.tells(answered.status()) ? body(answered) : Optional.empty();
        return dialect.refusal(new Rebuff(answered.status(), wait, body));
    }

    private static Optional<String> body(Reply.Answered answered) {
        return switch (answered.body().whole(MOST_BYTES_ERROR)) {
            case Body.Whole.Text text -> Optional.of(text.text());
            case Body.Whole.Broken _ -> Optional.empty();
        };
    }

    /** A stream may be answered in one piece, and some servers do not name what they send. */
    private Arrival answer(Reply.Answered answered) throws InterruptedException {
        String type = answered.mediaType();
        if (type.equals("text/event-stream")) {
            return stream(answered.body());
        }
        if (type.equals("application/json") || type.endsWith("+json")) {
            return whole(answered.body());
        }
        if (type.equals("text/html")) {
            return new Arrival.Failed(new Failure.Unintelligible());
        }
        return switch (answered.body().peek()) {
            case 'd', 'e', 'i', 'r', ':' -> stream(answered.body());
            default -> whole(answered.body());
        };
    }

    private static Arrival whole(Body body) {
        return switch (body.whole(MOST_BYTES_WHOLE)) {
            case Body.Whole.Text text -> new Arrival.Whole(text.text());
            case Body.Whole.Broken broken -> new Arrival.Failed(broken.failure());
        };
    }

    /** Every line of data is an event by itself: no server of this kind parts one, and some leave out the empty line between two. */
    private Arrival stream(Body body) throws InterruptedException {
        Lines lines = body.lines(MOST_BYTES_LINE, MOST_BYTES_STREAM);
        while (true) {
            switch (lines.next()) {
                case Lines.Line.Text line -> {
                    String data = data(line.text());
                    if (data.equals(DONE)) {
                        return new Arrival.Over(StreamEnd.SEEN);
                    }
                    if (!data.isEmpty()) {
                        relay.put(new Arrival.Event(data, clock.instant()));
                    }
                }
                case Lines.Line.End _ -> {
                    return new Arrival.Over(StreamEnd.SEEN);
                }
                case Lines.Line.Broken broken -> {
                    return broken.failure() instanceof Failure.Cut
                            ? new Arrival.Over(StreamEnd.UNSEEN)
                            : new Arrival.Failed(broken.failure());
                }
            }
        }
    }

    private static String data(String line) {
        return line.startsWith(DATA) ? line.substring(DATA.length()).strip() : "";
    }
}
