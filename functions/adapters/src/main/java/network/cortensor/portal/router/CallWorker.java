package network.cortensor.portal.router;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import network.cortensor.portal.wire.Exchange;
import network.cortensor.portal.wire.ExchangeOutcome;
import network.cortensor.portal.wire.Request;
import network.cortensor.portal.wire.ResponseBody;

/**
 * The side of a call that reads the key, connects, sends and waits for an answer, on a thread of its own. An answer in one piece it reads; a stream
 * it hands over, unread. It understands nothing of an answer.
 */
final class CallWorker {
    /** The largest answer that is taken in one piece. */
    static final int MOST_BYTES_WHOLE = 8 * 1024 * 1024;

    /** The largest single event of a stream. */
    static final int MOST_BYTES_LINE = 1024 * 1024;

    /** The largest stream: events of one token are some fifty times their text. */
    static final long MOST_BYTES_STREAM = 64L * 1024 * 1024;

    /** How much of an error's body is looked at. */
    private static final int MOST_BYTES_ERROR = 64 * 1024;

    private final RouterKeys keys;
    private final Exchange exchange;
    private final Dialect dialect;
    private final Request request;
    private final Relay relay;
    private final InstantSource clock;

    CallWorker(RouterKeys keys, Exchange exchange, Dialect dialect, Relay relay, InstantSource clock) {
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
        try {
            AnswerQueue arrival = speak(sendBefore);
            relay.put(arrival);
            if (!(arrival instanceof AnswerQueue.Stream)) {
                exchange.close();
            }
        } catch (InterruptedException e) {
            // The caller has given the attempt up, and waits for nothing but this thread's end.
            Thread.currentThread().interrupt();
            exchange.close();
        } catch (RuntimeException | Error e) {
            relay.broke(e);
            exchange.close();
        }
    }

    private AnswerQueue speak(Instant sendBefore) throws InterruptedException {
        if (!exchange.permits(request.url())) {
            return new AnswerQueue.Failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        }
        return switch (keys.keyFor(request.url())) {
            case RouterKeys.RouterKey.Bearer key ->
                listen(exchange.send(request.with("Authorization", "Bearer " + key.value()), sendBefore));
            case RouterKeys.RouterKey.NotNeeded ignored -> listen(exchange.send(request, sendBefore));
            case RouterKeys.RouterKey.Unavailable ignored -> new AnswerQueue.Failed(Failure.NotSent.NO_CREDENTIAL);
        };
    }

    private AnswerQueue listen(ExchangeOutcome reply) {
        return switch (reply) {
            case ExchangeOutcome.Failed failed -> new AnswerQueue.Failed(failed.failure());
            case ExchangeOutcome.Answered answered when answered.status() == 200 -> answer(answered);
            case ExchangeOutcome.Answered answered -> new AnswerQueue.Failed(refusal(answered));
        };
    }

    private Failure refusal(ExchangeOutcome.Answered answered) {
        if (answered.status() == 401) {
            keys.refused(request.url());
        }
        Optional<Duration> wait = answered.retryAfter().flatMap(said -> Rebuff.retryAfter(said, clock.instant()));
        Optional<String> body = dialect.tells(answered.status()) ? body(answered) : Optional.empty();
        return dialect.refusal(new Rebuff(answered.status(), wait, body));
    }

    private static Optional<String> body(ExchangeOutcome.Answered answered) {
        return switch (answered.body().whole(MOST_BYTES_ERROR)) {
            case ResponseBody.Whole.Text text -> Optional.of(text.text());
            case ResponseBody.Whole.Broken _ -> Optional.empty();
        };
    }

    /** A stream may be answered in one piece, and some servers do not name what they send. */
    private static AnswerQueue answer(ExchangeOutcome.Answered answered) {
        String type = answered.mediaType();
        if (type.equals("text/event-stream")) {
            return stream(answered.body());
        }
        if (type.equals("application/json") || type.endsWith("+json")) {
            return whole(answered.body());
        }
        if (type.equals("text/html")) {
            return new AnswerQueue.Failed(new Failure.Unintelligible());
        }
        return switch (answered.body().peek()) {
            case 'd', 'e', 'i', 'r', ':' -> stream(answered.body());
            default -> whole(answered.body());
        };
    }

    private static AnswerQueue whole(ResponseBody body) {
        return switch (body.whole(MOST_BYTES_WHOLE)) {
            case ResponseBody.Whole.Text text -> new AnswerQueue.Whole(text.text());
            case ResponseBody.Whole.Broken broken -> new AnswerQueue.Failed(broken.failure());
        };
    }

    private static AnswerQueue stream(ResponseBody body) {
        return new AnswerQueue.Stream(body.lines(MOST_BYTES_LINE, MOST_BYTES_STREAM));
    }
}
