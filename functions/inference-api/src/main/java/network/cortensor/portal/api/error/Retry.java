package network.cortensor.portal.api.error;

import java.time.Duration;
import java.util.Map;

/** What SDKs are told about trying again. {@code retry-after} is 1 to 60 s, because the official ones disagree on anything longer. */
enum Retry {
    /** Nothing: each does as it is used to. */
    UNSAID,
    /** The same request would fail the same way, or do harm. */
    USELESS,
    AFTER_5_S,
    AFTER_30_S,
    /** Each error says for itself. */
    STATED;

    private static final Duration LONGEST = Duration.ofSeconds(60);

    Map<String, String> headers() {
        return switch (this) {
            case UNSAID, STATED -> Map.of();
            case USELESS -> Map.of("x-should-retry", "false");
            case AFTER_5_S -> after(Duration.ofSeconds(5));
            case AFTER_30_S -> after(Duration.ofSeconds(30));
        };
    }

    /** Rounded up to whole seconds and clipped. */
    static Map<String, String> after(Duration wait) {
        Duration clipped = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        long seconds = Math.max(1, clipped.plusMillis(999).toSeconds());
        return Map.of("retry-after", Long.toString(seconds));
    }
}
