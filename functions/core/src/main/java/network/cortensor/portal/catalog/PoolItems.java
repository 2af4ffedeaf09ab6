package network.cortensor.portal.catalog;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;

/**
 * The rules for items of the table of pools. A pool exists whatever is wrong with it; a broken one counts as paused, and so does one whose times,
 * given or by default, let no request be sent.
 */
public final class PoolItems {
    private static final BigDecimal SHORTEST = new BigDecimal("0.001");
    private static final BigDecimal LONGEST = BigDecimal.valueOf(PoolTimes.LONGEST_TOTAL.toSeconds());

    private PoolItems() {}

    /** @param name the item's key, known to be a name */
    public static Parsed<Pool> parse(String name, Map<String, ItemValue> item) {
        Fields fields = new Fields("pool " + name, item);
        PoolTimes byDefault = PoolTimes.DEFAULTS;

        State state = fields.word("state", State.class).required(State.PAUSED);
        PoolTimes times = new PoolTimes(
                time(fields, "firstTokenSeconds", byDefault.firstToken()),
                time(fields, "idleSeconds", byDefault.idle()),
                time(fields, "attemptSeconds", byDefault.attempt()),
                time(fields, "totalSeconds", byDefault.total()),
                fields.seconds("queueSeconds", BigDecimal.ZERO, LONGEST).orElse(byDefault.queue()));
        int maxAttempts = fields.wholeNumber("maxAttempts", 1).orElse(Pool.DEFAULT_MAX_ATTEMPTS);
        Streaming streaming = fields.word("streaming", Streaming.class).orElse(Streaming.NATIVE);
        Optional<String> servesModel = fields.name("servesModel").optional();

        if (!times.serve()) {
            fields.broken(
                    "attemptSeconds",
                    seconds(times.attempt()) + " with totalSeconds " + seconds(times.total())
                            + ", so no request can ever be sent (expected: at most "
                            + seconds(times.longestAttempt()) + ")");
        }
        State effective = fields.broken() ? State.PAUSED : state;
        return new Parsed<>(new Pool(name, effective, times, maxAttempts, streaming, servesModel), fields.problems());
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static Duration time(Fields fields, String field, Duration byDefault) {
        return fields.seconds(field, SHORTEST, LONGEST).orElse(byDefault);
    }
}
