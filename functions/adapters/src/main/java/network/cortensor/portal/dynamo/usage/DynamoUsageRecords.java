package network.cortensor.portal.dynamo.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.RequestId;
import network.cortensor.portal.usage.UsageEvent;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What was recorded in the table Usage, as operators read it afterwards. Reads are eventually consistent. They cost half a unit for each 4 KB, which are some dozen events, or
 * the sums of forty days.
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

    /**
     * Who reads records.
     *
     * @param <T> events or sums
     */
    public interface Reader<T> {
        void read(T record);

        /** One that an edit by hand spoiled; the others are read all the same. */
        void unreadable(Problem problem);
    }

    /**
     * Each request of a key that was received on these days, oldest first.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be read
     */
    public void events(String keyId, Days days, Reader<UsageEvent> reader) {
        String first = UsageItems.REQUEST + RequestId.beginning(days.begin());
        String end = UsageItems.REQUEST + RequestId.beginning(days.end());
        query(keyId, first, end, UsageItems::event, reader);
    }

    /**
     * The record of one request of a key; empty if there is none, or an edit by hand spoiled it.
     *
     * @param spoiled is told what is wrong with it
     * @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be read
     */
    public Optional<UsageEvent> event(String keyId, RequestId request, Consumer<Problem> spoiled) {
        List<UsageEvent> found = new ArrayList<>();
        String entry = UsageItems.REQUEST + request.text();
        query(keyId, entry, entry, UsageItems::event, new Reader<>() {
            @Override
            public void read(UsageEvent event) {
                found.add(event);
            }

            @Override
            public void unreadable(Problem problem) {
                spoiled.accept(problem);
            }
        });
        return found.stream().findFirst();
    }

    /**
     * What a key used on each of these days, as far as the days are over and its customer has used anything since.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be read
     */
    public void sums(String keyId, Days days, Reader<Period.Sum> reader) {
        query(keyId, UsageItems.DAY + days.first(), UsageItems.DAY + days.last(), UsageItems::sum, reader);
    }

    private <T> void query(
            String keyId, String from, String to, Function<Map<String, AttributeValue>, T> parser, Reader<T> reader) {
        client.queryPaginator(query -> query.tableName(table)
                        .keyConditionExpression("#key = :key AND #entry BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#key", CountersItem.KEY, "#entry", CountersItem.ENTRY))
                        .expressionAttributeValues(Map.of(
                                ":key", CountersItem.text(keyId),
                                ":from", CountersItem.text(from),
                                ":to", CountersItem.text(to))))
                .items()
                .forEach(item -> parsed(item, parser, reader));
    }

    private static <T> void parsed(
            Map<String, AttributeValue> item, Function<Map<String, AttributeValue>, T> parser, Reader<T> reader) {
        T record;
        try {
            record = parser.apply(item);
        } catch (Spoiled e) {
            reader.unreadable(e.problem(UsageItems.shownName(item)));
            return;
        }
        reader.read(record);
    }
}
