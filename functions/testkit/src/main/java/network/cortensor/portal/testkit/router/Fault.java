package network.cortensor.portal.testkit.router;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a session misbehaves, by what is seen on the wire. Faults meet completions only, except {@link #NO_MINERS}, which shows in the
 * health payloads too.
 *
 * <p>"Lives on" means that the session stays busy as long as the answer would have taken, as on a real router, which never cancels.
 * "First" means: after the session's latency, before any text.
 */
public enum Fault {
    /** A faultless answer. */
    NONE,

    /** Nothing is ever sent. The task lives until the request's {@code timeout} or the session's {@code hangMillis}; then the connection is closed without an answer (assumed). */
    HANG,

    /**
     * The connection is closed in an orderly way as soon as the request is read, without a byte of an answer and without a task. The
     * session is not known before the request is read, so this is not what TCP calls refused: for that, {@linkplain
     * RouterSimulator#stop stop} the router.
     */
    REFUSE,

    /** First, a TCP reset instead of a status line. The task lives on. */
    RESET,

    /** First, a status line and half a header, then a TCP reset. The task lives on. */
    RESET_IN_HEADERS,

    /**
     * First, a complete 200 without text. In turn: the usual answer with an empty text; bare {@code {"choices":[{"text":""}]}}; {@code
     * "status":"ended"} with a URN. Streamed: the end marker and nothing before it, or the last as plain JSON.
     */
    EMPTY,

    /** First, a 200 with a {@code status} of {@code queued pending processing running in_progress}, in turn, as plain JSON also where a stream was asked for. The task lives on. */
    PENDING,

    /** First, a 200 with an {@code error}, as a text and as an object in turn. Streamed: as the only event of the stream. */
    IN_BAND_ERROR,

    /** Streamed: the whole answer comes as plain JSON, a good answer in itself. Whole: not met. */
    JSON_FOR_STREAM,

    /** Streamed: all text, but neither {@code finish_reason} nor {@code [DONE]}; the transfer ends in an orderly way. Whole: all JSON in chunks, but not the last chunk. */
    NO_END_MARKER,

    /** Streamed: about half of the text and at least one token, then half an event, then the connection closes. Whole: half of the announced bytes. The task lives on. */
    CUT,

    /** Streamed: every third word is missing, from the second on; nothing on the wire shows it. Whole: not met. */
    LOST_TOKENS,

    /**
     * Streamed: events of a foreign task, its end included, stand between ours; the first event is ours. Whole: the answer is one of a
     * foreign session and task.
     */
    INTERLEAVE,

    /** 401 at once, no task. */
    UNAUTHORIZED,

    /** 400 at once, no task. */
    BAD_REQUEST,

    /** 404 at once, no task. */
    NOT_FOUND,

    /** First, a 500; the task has ended. */
    ERROR_500,

    /** First, nginx's HTML page for a 502. The task lives on behind it. */
    HTML_502,

    /** First, nginx's HTML page for a 504. The task lives on behind it. */
    HTML_504,

    /** The faultless answer, but its bytes come one by one, {@code tokensPerSecond} of them a second, at most until the request's {@code timeout}. */
    DRIP,

    /** First, a text of {@value Performance#OVERSIZE} bytes, then the usual end. Streamed: in one event. */
    OVERSIZE,

    /** 429 at once with {@code Retry-After: 17}, no task. */
    TOO_MANY,

    /** First, nginx's HTML page for a 503. The task lives on behind it. */
    HTML_503,

    /** 400 at once that says that the prompt is longer than the model's context, no task. */
    CONTEXT_EXCEEDED,

    /** 400 at once that names a content filter, no task. */
    CONTENT_FILTERED,

    /** Streamed: about half of the text and at least one token, then an event whose JSON is broken, then the connection closes. Whole: broken JSON. The task lives on. */
    BAD_EVENT,

    /** Streamed: about half of the text and at least one token, then nothing more; as long as {@link #HANG}, then the connection closes. Whole: half of the announced bytes, then the same. */
    STALL,

    /** Streamed: every event has the {@code finish_reason} {@code ""}, the last one the usual one; a good answer in itself. Whole: not met. */
    BLANK_FINISH,

    /** The usual end, but its {@code finish_reason} is {@code timeout}. The task lives on. */
    ODD_FINISH,

    /** Streamed: every event has the {@code finish_reason} {@code "null"}, as a word, and the last one its own in capital letters; a good answer in itself. Whole: the latter. */
    LOUD_FINISH,

    /** 402 at once that speaks of credit, no task; an OpenAI-compatible server says so with a 400, as some do. */
    NO_CREDIT,

    /** No miner picks anything up: like {@link #HANG}, while {@code /status} still says 200, and the health payloads count no miner for this session. */
    NO_MINERS;

    /** The word in the control API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(Fault::word).collect(Collectors.joining(", "));
    }

    /** Whether a request of this shape meets the fault at all. */
    boolean meets(Shape shape) {
        return switch (this) {
            case NONE -> false;
            case JSON_FOR_STREAM, LOST_TOKENS, BLANK_FINISH -> shape == Shape.STREAMED;
            default -> true;
        };
    }

    /** Whether the fault strikes before the router makes a task of the request. */
    boolean strikesBeforeTask() {
        return switch (this) {
            case REFUSE,
                    UNAUTHORIZED,
                    BAD_REQUEST,
                    NOT_FOUND,
                    TOO_MANY,
                    CONTEXT_EXCEEDED,
                    CONTENT_FILTERED,
                    NO_CREDIT -> true;
            default -> false;
        };
    }
}
