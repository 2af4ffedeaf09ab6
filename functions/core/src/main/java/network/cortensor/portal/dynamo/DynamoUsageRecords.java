package network.cortensor.portal.dynamo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was recorded in the table Usage, for those who look back. Reads are eventually consistent, and cost half a unit per 4 KB: some dozen events, or
 * forty days.
 */
public final class DynamoUsageRecords {
    private final DynamoDbClient client;
    private final String table;

    /** @param table the name of Usage in this deployment */
    public DynamoUsageRecords(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * A span of days in UTC.
     *
     * @param last the last day of it
     */
    public record Days(LocalDate first, LocalDate last) {
        public Days {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException(
                        "days: from " + first + " to " + last + " (expected: not backwards)");
            }
        }

        public boolean contain(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }

        private Instant begin() {
            return first.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        private Instant end() {
            return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** Each request of a key that was received on these days, oldest first. */
    public void events(String keyId, Days days, Consumer<UsageEvent> reader) {
        String first = UsageItems.REQUEST + RequestId.beginning(days.begin());
        String end = UsageItems.REQUEST + RequestId.beginning(days.end());
        query(keyId, first, end, item -> reader.accept(UsageItems.event(item)));
    }

    /** What a key used on each of these days, as far as the days are over and its customer has used anything since. */
    public void sums(String keyId, Days days, Consumer<Period.Sum> reader) {
        query(
                keyId,
                UsageItems.DAY + days.first(),
                UsageItems.DAY + days.last(),
                item -> reader.accept(UsageItems.sum(item)));
    }

    private void query(String keyId, String from, String to, Consumer<Map<String, AttributeValue>> reader) {
        client.queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("#key = :key AND #entry BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#key", CountersItem.KEY, "#entry", CountersItem.ENTRY))
                        .expressionAttributeValues(Map.of(
                                ":key", CountersItem.text(keyId),
                                ":from", CountersItem.text(from),
                                ":to", CountersItem.text(to))))
                .items()
                .forEach(reader);
    }
}
