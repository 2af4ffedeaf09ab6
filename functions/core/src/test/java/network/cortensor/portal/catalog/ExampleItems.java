package network.cortensor.portal.catalog;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import network.cortensor.portal.item.ItemValue;

/** Items of a small good catalog, as a table gives them: each alias has a pool of its own with two targets, one of them no Cortensor router. */
final class ExampleItems {
    private ExampleItems() {}

    /** Maps that may be changed at will. */
    static WholeCatalog.Items of(String... aliases) {
        Map<String, Map<String, ItemValue>> models = new TreeMap<>();
        Map<String, Map<String, ItemValue>> pools = new TreeMap<>();
        Map<String, Map<String, Map<String, ItemValue>>> targets = new TreeMap<>();
        for (String alias : aliases) {
            String pool = alias + "-pool";
            models.put(alias, ItemValue.item(model(pool)));
            pools.put(pool, ItemValue.item(pool()));
            targets.put(
                    pool,
                    new TreeMap<>(Map.of("r1", ItemValue.item(router(alias)), "o1", ItemValue.item(openAi(alias)))));
        }
        return new WholeCatalog.Items(models, pools, targets);
    }

    static Map<String, Object> model(String pool) {
        Map<String, Object> item = new HashMap<>();
        item.put("displayName", "Model One");
        item.put("family", "Ones");
        item.put("description", "The first.");
        item.put("contextLength", number("131072"));
        item.put("maxOutputTokens", number("4096"));
        item.put("endpoints", List.of("chat", "messages"));
        item.put("released", "2026-01-15");
        item.put("stage", "available");
        item.put("state", "live");
        item.put("promptFormat", "plain");
        item.put("routes", List.of(Map.of("pool", pool, "weight", number("100"))));
        item.put("fallbackPools", List.of(pool));
        return item;
    }

    static Map<String, Object> pool() {
        Map<String, Object> item = new HashMap<>();
        item.put("state", "live");
        item.put("firstTokenSeconds", number("12.5"));
        item.put("idleSeconds", number("30"));
        item.put("attemptSeconds", number("100"));
        item.put("totalSeconds", number("200"));
        item.put("queueSeconds", number("0"));
        item.put("maxAttempts", number("2"));
        item.put("streaming", "buffered");
        return item;
    }

    static Map<String, Object> router(String host) {
        Map<String, Object> item = new HashMap<>();
        item.put("routerUrl", "https://" + host + ".example:5010/base");
        item.put("protocol", "cortensor");
        item.put("sessionId", number("168"));
        item.put("apiVersion", number("2"));
        item.put("sessionForm", "path");
        item.put("capacity", number("1"));
        item.put("weight", number("5"));
        item.put("state", "live");
        item.put("sessionExpiresAt", "2027-03-01T00:00:00Z");
        return item;
    }

    static Map<String, Object> openAi(String host) {
        Map<String, Object> item = new HashMap<>();
        item.put("routerUrl", "http://" + host + ".example");
        item.put("protocol", "openai");
        item.put("upstreamModel", "one-7b");
        item.put("capacity", "unlimited");
        item.put("state", "degraded");
        return item;
    }

    static Map<String, ItemValue> model(WholeCatalog.Items items, String name) {
        return Objects.requireNonNull(items.models().get(name));
    }

    static Map<String, ItemValue> pool(WholeCatalog.Items items, String name) {
        return Objects.requireNonNull(items.pools().get(name));
    }

    static Map<String, Map<String, ItemValue>> targets(WholeCatalog.Items items, String pool) {
        return Objects.requireNonNull(items.targets().get(pool));
    }

    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }
}
