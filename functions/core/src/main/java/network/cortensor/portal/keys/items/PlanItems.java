package network.cortensor.portal.keys.items;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.Fields;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;

/**
 * The rules for a plan's item: beside the keys, under the {@link KeyItems#TABLE_KEY} that {@link #tableKey} gives.
 *
 * <p>A customer's limits are all required, {@value #UNLIMITED} being one of their values: a misspelt field must not lift a limit. What
 * a key may have of that is optional, since the customer's limits bound it anyway.
 */
public final class PlanItems {
    public static final String UNLIMITED = "unlimited";

    public static final String REQUESTS_PER_MINUTE = "requestsPerMinute";
    public static final String REQUESTS_PER_WEEK = "requestsPerWeek";
    public static final String TOKENS_PER_WEEK = "tokensPerWeek";
    public static final String REQUESTS_IN_FLIGHT = "requestsInFlight";

    public static final String KEY_REQUESTS_PER_MINUTE = "keyRequestsPerMinute";
    public static final String KEY_REQUESTS_PER_WEEK = "keyRequestsPerWeek";
    public static final String KEY_TOKENS_PER_WEEK = "keyTokensPerWeek";
    public static final String KEY_REQUESTS_IN_FLIGHT = "keyRequestsInFlight";

    /** A plan's limits, first a customer's, then a key's. */
    public static final List<String> LIMITS = List.of(
            REQUESTS_PER_MINUTE,
            REQUESTS_PER_WEEK,
            TOKENS_PER_WEEK,
            REQUESTS_IN_FLIGHT,
            KEY_REQUESTS_PER_MINUTE,
            KEY_REQUESTS_PER_WEEK,
            KEY_TOKENS_PER_WEEK,
            KEY_REQUESTS_IN_FLIGHT);

    public static final String DESCRIPTION = "description";

    /** A plan's fields, in the order in which people want to read them. */
    public static final List<String> FIELDS = ItemFields.withEdit(
            Stream.concat(Stream.of(DESCRIPTION), LIMITS.stream()).toArray(String[]::new));

    /** A thousand times what a fleet of a thousand sessions writes in a week, and far from where sums overflow. */
    private static final long LARGEST = 1_000_000_000_000L;

    private static final String LIMIT = "a whole number from 1 to " + LARGEST + ", or \"" + UNLIMITED + '"';
    private static final int LONGEST_DESCRIPTION = 1_000;

    private PlanItems() {}

    /** Where a plan stands in the table of keys. */
    public static String tableKey(String plan) {
        return CatalogTable.PLANS.keyOf(plan);
    }

    /** The name of the plan that stands under a key of the table, if one does. */
    public static Optional<String> planAt(String tableKey) {
        return CatalogTable.PLANS.nameIn(tableKey);
    }

    /**
     * The plan, or nothing if its item cannot be understood: then none of its keys is served.
     *
     * @param name the plan's, known to be a name
     */
    public static Parsed<Optional<Plan>> parse(String name, Map<String, ItemValue> item) {
        Fields fields = new Fields("plan " + name, item);
        fields.text(DESCRIPTION, LONGEST_DESCRIPTION).optional();
        Limits customer = new Limits(
                required(fields, REQUESTS_PER_MINUTE),
                required(fields, REQUESTS_PER_WEEK),
                required(fields, TOKENS_PER_WEEK),
                required(fields, REQUESTS_IN_FLIGHT));
        Limits key = new Limits(
                optional(fields, KEY_REQUESTS_PER_MINUTE),
                optional(fields, KEY_REQUESTS_PER_WEEK),
                optional(fields, KEY_TOKENS_PER_WEEK),
                optional(fields, KEY_REQUESTS_IN_FLIGHT));
        return new Parsed<>(
                fields.broken() ? Optional.empty() : Optional.of(new Plan(name, customer, key)), fields.problems());
    }

    private static OptionalLong required(Fields fields, String name) {
        return limit(fields, name).required(OptionalLong.empty());
    }

    private static OptionalLong optional(Fields fields, String name) {
        return limit(fields, name).orElse(OptionalLong.empty());
    }

    private static Fields.Field<OptionalLong> limit(Fields fields, String name) {
        return fields.field(name, LIMIT, PlanItems::limit);
    }

    private static Optional<OptionalLong> limit(ItemValue value) {
        return value.equals(ItemValue.of(UNLIMITED))
                ? Optional.of(OptionalLong.empty())
                : Fields.asWhole(value, LARGEST).filter(number -> number >= 1).map(OptionalLong::of);
    }
}
