package network.cortensor.portal.operator.usage;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import network.cortensor.portal.dynamo.DynamoUsageRecords;
import network.cortensor.portal.dynamo.DynamoUsageRecords.Days;
import network.cortensor.portal.dynamo.DynamoUsageTable;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.Totals;
import network.cortensor.portal.usage.UsageUnavailable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads what keys have used. Requests that nobody settled in time are closed first, so that they count. */
final class UsageReader {
    private static final AttributeValue NOTHING = AttributeValue.fromS("");

    private final DynamoDbClient client;
    private final TableNames tables;
    private final DynamoUsageRecords records;
    private final Ledger ledger;

    UsageReader(DynamoDbClient client, TableNames tables, InstantSource clock) {
        this.client = client;
        this.tables = tables;
        this.records = new DynamoUsageRecords(client, tables.usage());
        this.ledger = new Ledger(
                new DynamoUsageTable(client, tables.usage()), clock, UsageReader::neverWaits, Ledger.Terms.PRODUCTION);
    }

    /** Only who wants to be let in waits. */
    private static void neverWaits(Duration duration) {
        throw new IllegalStateException("waited for " + duration);
    }

    /** Every key with its customer; keys are revoked and never deleted, so that these are all that were ever used. */
    Map<String, String> customersByKey() {
        Map<String, String> customers = new TreeMap<>();
        client.scanPaginator(scan -> scan.tableName(tables.apiKeys())).items().forEach(item -> {
            String keyId = item.getOrDefault(KeyItems.KEY_ID, NOTHING).s();
            if (keyId != null && !keyId.isEmpty()) {
                customers.put(
                        keyId, item.getOrDefault(KeyItems.CUSTOMER, NOTHING).s());
            }
        });
        return customers;
    }

    /** The customers' counters as they stand, with what was abandoned closed. */
    Map<String, Counters> current(Collection<String> customers) throws UsageUnavailable {
        Map<String, Counters> counters = new HashMap<>();
        for (String customer : new TreeSet<>(customers)) {
            counters.put(customer, ledger.current(customer));
        }
        return counters;
    }

    /** What each request used. */
    void requests(String keyId, Days days, Consumer<Use> reader) {
        records.events(keyId, days, event -> reader.accept(Use.of(event)));
    }

    /** What each day's requests used together: far quicker, and says nothing of aliases. */
    void days(String keyId, Days days, Counters current, Consumer<Use> reader) {
        LocalDate today = current.moment().day();
        Totals running = current.key(keyId).today();
        records.sums(keyId, days, sum -> {
            LocalDate day = ((Period.Day) sum.period()).date();
            if (!day.equals(today)) {
                reader.accept(Use.of(sum, day));
            }
        });
        if (days.contain(today) && running.requests() > 0) {
            reader.accept(Use.of(new Period.Sum(keyId, current.customer(), new Period.Day(today), running), today));
        }
    }
}
