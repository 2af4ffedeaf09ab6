package network.cortensor.portal.dynamo.activity;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.activity.ActivityStore;
import network.cortensor.portal.activity.ActivitySums;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A model's sums in Usage: an item per alias and day under {@code model#<alias>} and {@code activity#<date>}, with {@code r<hour>} (requests), {@code a<hour>}
 * (answered) and {@code t<hour>_<step>} (first tokens) of each hour. To add costs one write unit, two late in the day; to read 30 days of an alias, about six
 * read units. Items go by themselves after {@link #KEPT}.
 */
public final class DynamoActivity implements ActivityStore {
    private static final Duration KEPT = Duration.ofDays(40);
    private static final Pattern COUNT = Pattern.compile("([rat])(\\d{2})(?:_(\\d{1,2}))?");
    private static final String ENTRY = "activity#";

    private final DynamoDbClient client;
    private final String table;

    /** @param table the name of Usage in this deployment */
    public DynamoActivity(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public boolean add(String alias, Instant hour, ActivitySums sums) {
        LocalDate day = LocalDate.ofInstant(hour, ZoneOffset.UTC);
        String suffix = String.format("%02d", hour.atOffset(ZoneOffset.UTC).getHour());
        Map<String, Long> counts = new TreeMap<>();
        counts.put("r" + suffix, sums.requests());
        counts.put("a" + suffix, sums.answered());
        sums.firstTokens().forEach((step, count) -> counts.put("t" + suffix + "_" + step, count));
        List<String> adds = new ArrayList<>();
        Map<String, String> names = new HashMap<>(Map.of("#expires", "expiresAt"));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(
                ":expires", AttributeValue.fromN(Long.toString(hour.plus(KEPT).getEpochSecond()))));
        counts.forEach((name, count) -> {
            int n = adds.size();
            adds.add("#n" + n + " :v" + n);
            names.put("#n" + n, name);
            values.put(":v" + n, AttributeValue.fromN(Long.toString(count)));
        });
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(Map.of(
                            "keyId",
                            AttributeValue.fromS(partition(alias)),
                            "entry",
                            AttributeValue.fromS(ENTRY + day)))
                    .updateExpression("SET #expires = :expires ADD " + String.join(", ", adds))
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    @Override
    public Map<Instant, ActivitySums> read(String alias, LocalDate first, LocalDate last) {
        Map<Instant, ActivitySums> sums = new HashMap<>();
        try {
            client.queryPaginator(query -> query.tableName(table)
                            .keyConditionExpression("#key = :key AND #entry BETWEEN :first AND :last")
                            .expressionAttributeNames(Map.of("#key", "keyId", "#entry", "entry"))
                            .expressionAttributeValues(Map.of(
                                    ":key", AttributeValue.fromS(partition(alias)),
                                    ":first", AttributeValue.fromS(ENTRY + first),
                                    ":last", AttributeValue.fromS(ENTRY + last))))
                    .items()
                    .forEach(item -> day(item).ifPresent(day -> parse(item, day, sums)));
        } catch (SdkException e) {
            return Map.of();
        }
        sums.values().removeIf(hour -> !hour.consistent());
        return Map.copyOf(sums);
    }

    /** No key id has a {@code #} in it. */
    private static String partition(String alias) {
        return "model#" + alias;
    }

    private static Optional<LocalDate> day(Map<String, AttributeValue> item) {
        try {
            return Optional.of(LocalDate.parse(
                    item.getOrDefault("entry", AttributeValue.fromS("")).s().substring(ENTRY.length())));
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** What an edit by hand spoiled counts as nothing. */
    private static void parse(Map<String, AttributeValue> item, LocalDate day, Map<Instant, ActivitySums> sums) {
        item.forEach((name, value) -> {
            Matcher count = COUNT.matcher(name);
            Optional<Long> number = whole(value);
            if (count.matches() && number.isPresent() && Integer.parseInt(count.group(2)) < 24) {
                Instant hour = day.atTime(Integer.parseInt(count.group(2)), 0).toInstant(ZoneOffset.UTC);
                sums.merge(hour, one(count, number.get()), ActivitySums::plus);
            }
        });
    }

    private static ActivitySums one(Matcher count, long number) {
        return switch (count.group(1)) {
            case "r" -> new ActivitySums(number, 0, Map.of());
            case "a" -> new ActivitySums(0, number, Map.of());
            default ->
                new ActivitySums(
                        0, 0, count.group(3) == null ? Map.of() : Map.of(Integer.parseInt(count.group(3)), number));
        };
    }

    private static Optional<Long> whole(AttributeValue value) {
        return value.n() != null && value.n().matches("\\d{1,12}")
                ? Optional.of(Long.parseLong(value.n()))
                : Optional.empty();
    }
}
