package network.cortensor.portal.api.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.usage.Allowance;
import network.cortensor.portal.usage.Limit.Measure;
import network.cortensor.portal.usage.Quota;

/**
 * {@code x-ratelimit-*}, as OpenAI sends them: of the limit that will be used up first, and none for what is unlimited. {@code reset} is how long it takes
 * until nothing that was used counts any more.
 */
final class RateLimitHeaders {
    private static final List<Measure> REQUESTS = List.of(Measure.REQUESTS_PER_MINUTE, Measure.REQUESTS_PER_WEEK);
    private static final List<Measure> TOKENS = List.of(Measure.TOKENS_PER_WEEK);

    private RateLimitHeaders() {}

    static Map<String, String> of(Allowance allowance) {
        Map<String, String> headers = new HashMap<>();
        allowance.tightest(REQUESTS).ifPresent(quota -> put(headers, "requests", quota, allowance.at()));
        allowance.tightest(TOKENS).ifPresent(quota -> put(headers, "tokens", quota, allowance.at()));
        return headers;
    }

    private static void put(Map<String, String> headers, String what, Quota quota, Instant now) {
        headers.put("x-ratelimit-limit-" + what, Long.toString(quota.most()));
        headers.put("x-ratelimit-remaining-" + what, Long.toString(quota.remaining()));
        headers.put("x-ratelimit-reset-" + what, text(Duration.between(now, quota.resetsAt())));
    }

    /** As in {@code 6m0s}: from the largest unit that is needed down to seconds, rounded up. */
    static String text(Duration duration) {
        Duration whole = duration.plusMillis(999);
        String seconds = whole.toSecondsPart() + "s";
        if (whole.toMinutes() == 0) {
            return seconds;
        }
        String minutes = whole.toMinutesPart() + "m" + seconds;
        return whole.toHours() == 0 ? minutes : whole.toHours() + "h" + minutes;
    }
}
