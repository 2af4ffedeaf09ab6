package network.cortensor.portal.smoke;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the pieces of one streamed answer arrived.
 *
 * <p>Something that buffers on the way hands over the whole answer in one burst, or in a few if the network takes several round trips for
 * it, however slowly the model spoke. So pieces are counted against the moments in which they came: streams have about one moment per
 * piece, and still a good many where a few pieces share a packet.
 *
 * @param pieces events that brought text
 * @param moments arrivals with a pause before them
 * @param spread from the first piece to the last
 */
public record Pace(int pieces, int moments, Duration spread) {
    /** Shorter pauses are those of a reader who takes what lies there already. No model speaks faster. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    /** So many pieces may share a moment on average. */
    private static final int SHARED = 4;

    /** Of fewer pieces nothing can be told. */
    private static final int ENOUGH = 12;

    /** What the pace says of the way that the answer took. */
    public enum Verdict {
        ONE_BY_ONE,
        BUFFERED,
        TOO_SHORT
    }

    /** @param arrivals one for each piece, in their order */
    public static Pace of(List<Instant> arrivals) {
        if (arrivals.isEmpty()) {
            return new Pace(0, 0, Duration.ZERO);
        }
        int moments = 1;
        for (int i = 1; i < arrivals.size(); i++) {
            Duration pause = Duration.between(arrivals.get(i - 1), arrivals.get(i));
            moments += pause.compareTo(PAUSE) >= 0 ? 1 : 0;
        }
        return new Pace(arrivals.size(), moments, Duration.between(arrivals.getFirst(), arrivals.getLast()));
    }

    public Verdict verdict() {
        if (pieces < ENOUGH) {
            return Verdict.TOO_SHORT;
        }
        return moments * SHARED >= pieces ? Verdict.ONE_BY_ONE : Verdict.BUFFERED;
    }
}
