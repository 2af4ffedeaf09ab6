package network.cortensor.portal.operator.keys;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.PlanItems;
import picocli.CommandLine.Option;

/** A plan's limits as options; those that are not given stay as they are. */
final class LimitOptions {
    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "Requests of all keys of a customer together in any minute, or \"unlimited\".")
    private Optional<String> requestsPerMinute = Optional.empty();

    @Option(names = "--requests-per-week", paramLabel = "N", description = "The same in any seven days.")
    private Optional<String> requestsPerWeek = Optional.empty();

    @Option(names = "--tokens-per-week", paramLabel = "N", description = "Prompts and answers together.")
    private Optional<String> tokensPerWeek = Optional.empty();

    @Option(names = "--requests-in-flight", paramLabel = "N", description = "At once.")
    private Optional<String> requestsInFlight = Optional.empty();

    @Option(
            names = "--key-requests-per-minute",
            paramLabel = "N",
            description = "As the four above, for each key by itself.")
    private Optional<String> keyRequestsPerMinute = Optional.empty();

    @Option(names = "--key-requests-per-week", paramLabel = "N")
    private Optional<String> keyRequestsPerWeek = Optional.empty();

    @Option(names = "--key-tokens-per-week", paramLabel = "N")
    private Optional<String> keyTokensPerWeek = Optional.empty();

    @Option(names = "--key-requests-in-flight", paramLabel = "N")
    private Optional<String> keyRequestsInFlight = Optional.empty();

    /** The item's fields. */
    Map<String, ItemValue> fields() {
        Map<String, ItemValue> fields = new LinkedHashMap<>();
        put(fields, PlanItems.REQUESTS_PER_MINUTE, requestsPerMinute);
        put(fields, PlanItems.REQUESTS_PER_WEEK, requestsPerWeek);
        put(fields, PlanItems.TOKENS_PER_WEEK, tokensPerWeek);
        put(fields, PlanItems.REQUESTS_IN_FLIGHT, requestsInFlight);
        put(fields, PlanItems.KEY_REQUESTS_PER_MINUTE, keyRequestsPerMinute);
        put(fields, PlanItems.KEY_REQUESTS_PER_WEEK, keyRequestsPerWeek);
        put(fields, PlanItems.KEY_TOKENS_PER_WEEK, keyTokensPerWeek);
        put(fields, PlanItems.KEY_REQUESTS_IN_FLIGHT, keyRequestsInFlight);
        return fields;
    }

    private static void put(Map<String, ItemValue> fields, String field, Optional<String> given) {
        given.ifPresent(text ->
                fields.put(field, text.matches("\\d{1,15}") ? ItemValue.of(new BigDecimal(text)) : ItemValue.of(text)));
    }
}
