package network.cortensor.portal.router;

import java.time.Instant;
import java.util.List;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Failure.NotSent.Cause;
import network.cortensor.portal.wire.Body;
import network.cortensor.portal.wire.Exchange;
import network.cortensor.portal.wire.Lines;
import network.cortensor.portal.wire.Reply;
import network.cortensor.portal.wire.Request;

/** The side of a call that reads the key, connects, sends and listens, on a thread of its own. */
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
    private final AnswerReader reader;
    private final Relay relay;

    Attempt(RouterKeys keys, Exchange exchange, Dialect dialect, Relay relay) {
        this.keys = keys;
        this.exchange = exchange;
        this.dialect = dialect;
        this.request = dialect.request();
        this.reader = dialect.reader();
        this.relay = relay;
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

    /** Returns the attempt's last events; those before them have been put already. */
    private List<RouterEvent> speak(Instant sendBefore) throws InterruptedException {
        if (!exchange.permits(request.url())) {
            return Events.failed(new Failure.NotSent(Cause.FORBIDDEN_ADDRESS));
        }
        return switch (keys.keyFor(request.url())) {
            case RouterKeys.RouterKey.Bearer key ->
                listen(exchange.send(request.with("Authorization", "Bearer " + key.value()), sendBefore));
            case RouterKeys.RouterKey.NotNeeded ignored -> listen(exchange.send(request, sendBefore));
            case RouterKeys.RouterKey.Unavailable ignored -> Events.failed(new Failure.NotSent(Cause.NO_CREDENTIAL));
        };
    }

    private List<RouterEvent> listen(Reply reply) throws InterruptedException {
        return switch (reply) {
            case Reply.Failed failed -> Events.failed(failed.failure());
            case Reply.Answered answered when answered.status() == 200 -> answer(answered);
            case Reply.Answered answered -> Events.failed(refusal(answered));
        };
    }

    private Failure refusal(Reply.Answered answered) {
        if (answered.status() == 401) {
            keys.refused(request.url());
        }
        if (answered.status() < 500) {
            return dialect.refusal(answered.status(), "");
        }
        return switch (answered.body().whole(MOST_BYTES_ERROR)) {
            case Body.Whole.Text text -> dialect.refusal(answered.status(), text.text());
            case Body.Whole.Broken ignored -> dialect.refusal(answered.status(), "");
        };
    }

    /** A stream may be answered in one piece, and some servers do not name what they send. */
    private List<RouterEvent> answer(Reply.Answered answered) throws InterruptedException {
        String type = answered.mediaType();
        if (type.equals("text/event-stream")) {
            return stream(answered.body());
        }
        if (type.equals("application/json") || type.endsWith("+json")) {
            return whole(answered.body());
        }
        if (type.equals("text/html")) {
            return Events.failed(new Failure.Unintelligible());
        }
        return switch (answered.body().peek()) {
            case 'd', 'e', 'i', 'r', ':' -> stream(answered.body());
            default -> whole(answered.body());
        };
    }

    private List<RouterEvent> whole(Body body) {
        return switch (body.whole(MOST_BYTES_WHOLE)) {
            case Body.Whole.Text text -> reader.whole(text.text());
            case Body.Whole.Broken broken -> Events.failed(broken.failure());
        };
    }

    /** Every line of data is an event by itself: no server of this kind parts one, and some leave out the empty line between two. */
    private List<RouterEvent> stream(Body body) throws InterruptedException {
        Lines lines = body.lines(MOST_BYTES_LINE, MOST_BYTES_STREAM);
        while (true) {
            switch (lines.next()) {
                case Lines.Line.Text line -> {
                    List<RouterEvent> events = line(line.text());
                    if (!events.isEmpty() && Events.last(events.getLast())) {
                        return events;
                    }
                    relay.put(events);
                }
                case Lines.Line.End ignored -> {
                    return reader.over();
                }
                case Lines.Line.Broken broken -> {
                    return broken.failure() instanceof Failure.Cut ? reader.over() : Events.failed(broken.failure());
                }
            }
        }
    }

    private List<RouterEvent> line(String line) {
        if (!line.startsWith(DATA)) {
            return List.of();
        }
        String data = line.substring(DATA.length()).strip();
        if (data.isEmpty()) {
            return List.of();
        }
        if (data.equals(DONE)) {
            return reader.over();
        }
        return switch (reader.event(data)) {
            case AnswerReader.Heard.Own own -> {
                relay.heard();
                yield own.events();
            }
            case AnswerReader.Heard.Foreign ignored -> List.of();
        };
    }
}
