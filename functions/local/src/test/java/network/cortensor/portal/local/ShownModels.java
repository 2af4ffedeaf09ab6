package network.cortensor.portal.local;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.activity.ActivitySums;
import network.cortensor.portal.dynamo.activity.DynamoActivity;

/** Models in every state that the catalog page can show, beside those of the local catalog. */
final class ShownModels {
    static final String DEPRECATED = "gpt-oss-7b";
    /** {@link #DEPRECATED} was called so. */
    static final String OLD_NAME = "oss-7b";

    static final String DEGRADED = "gemma-3-12b";
    static final String UNAVAILABLE = "qwen-3-4b";
    static final String MESSAGES_ONLY = "messages-only";
    static final String COMPLETIONS_ONLY = "completions-only";

    private ShownModels() {}

    /** A month of service, of which a good part stood under a name that the model no longer bears: good days, days half of whose requests failed, and days without any. */
    private static void served(FastPortal fast) {
        DynamoActivity activity = new DynamoActivity(
                fast.portal().dynamo().client(), fast.portal().tables().usage());
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        for (int ago = 0; ago < 30 * 24; ago += ago < 24 ? 1 : 24) {
            if (ago % 7 != 3) {
                long answered = ago % 5 == 0 ? 500 : 1_000;
                activity.add(
                        ago < 100 ? DEPRECATED : OLD_NAME,
                        hour.minus(Duration.ofHours(ago)),
                        new ActivitySums(1_000, answered, Map.of(6, answered / 2, 9, answered / 2)));
            }
        }
    }

    static void add(FastPortal fast) {
        served(fast);
        Map<String, Map<String, Object>> live = Map.of("a", fast.onRouterA(901, "live"));
        put(
                fast,
                DEPRECATED,
                live,
                Map.of(
                        "displayName", "GPT-OSS 7B",
                        "family", "GPT-OSS",
                        "description", "The small one of the year before.",
                        "stage", "deprecated",
                        "shutdownDate", "2027-01-31",
                        "successor", "gpt-oss-20b",
                        "aka", List.of(OLD_NAME)));
        put(
                fast,
                DEGRADED,
                Map.of("a", fast.onRouterA(902, "degraded")),
                Map.of(
                        "displayName", "Gemma 3 12B",
                        "family", "Gemma",
                        "description", "Served from fewer places than usual."));
        put(
                fast,
                UNAVAILABLE,
                Map.of("a", fast.onRouterA(903, "paused")),
                Map.of(
                        "displayName", "Qwen 3 4B",
                        "family", "Qwen",
                        "description", "Down for maintenance; <b>this is no markup</b> & \"no\" attribute either."));
        put(
                fast,
                MESSAGES_ONLY,
                Map.of("a", fast.onRouterA(904, "live")),
                Map.of(
                        "displayName", "Messages only",
                        "family", "Others",
                        "description", "For Anthropic's clients.",
                        "endpoints", List.of("messages")));
        put(
                fast,
                COMPLETIONS_ONLY,
                Map.of("a", fast.onRouterA(905, "live")),
                Map.of(
                        "displayName", "Completions only",
                        "family", "Others",
                        "description", "Continues a bare prompt.",
                        "endpoints", List.of("completions")));
    }

    private static void put(
            FastPortal fast, String alias, Map<String, Map<String, Object>> targets, Map<String, Object> shown) {
        fast.alias(alias, Map.of(), targets);
        Map<String, Object> model = new HashMap<>(shown);
        model.putAll(Map.of(
                "alias",
                alias,
                "state",
                "live",
                "contextLength",
                BigDecimal.valueOf(32_768),
                "maxOutputTokens",
                BigDecimal.valueOf(8_192),
                "promptFormat",
                "plain",
                "routes",
                List.of(Map.of("pool", alias, "weight", BigDecimal.ONE))));
        fast.put(fast.portal().tables().models(), model);
    }
}
