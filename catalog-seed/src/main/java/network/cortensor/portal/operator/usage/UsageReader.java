package network.cortensor.portal.operator.usage;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords;
import network.cortensor.portal.dynamo.usage.DynamoUsageRecords.Days;
import network.cortensor.portal.dynamo.usage.DynamoUsageTable;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.model.Names;
import network.cortensor.portal.usage.Counters;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.Period;
import network.cortensor.portal.usage.Totals;
import network.cortensor.portal.usage.UsageSpoiled;
import network.cortensor.portal.usage.UsageUnavailable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads what keys have used. Requests that nobody settled in time are closed first, so that they count. What somebody spoiled by hand is left
 * out and becomes a problem; everybody else's use is read all the same. For one thread.
 */
final class UsageReader {
    private static final int SHOWN_HASH = 12;

    private final DynamoDbClient client;
    private final TableNames tables;
    private final DynamoUsageRecords records;
    private final Ledger ledger;
    private final List<Problem> problems = new ArrayList<>();

    UsageReader(DynamoDbClient client, TableNames tables, InstantSource clock) {
        this.client = client;
        this.tables = tables;
        this.records = new DynamoUsageRecords(client, tables.usage());
        this.ledger = new Ledger(
                new DynamoUsageTable(client, tables.usage(), problems::addAll),
                clock,
                UsageReader::neverWaits,
                Ledger.Terms.PRODUCTION);
    }

    /** Only who wants to be let in waits. */
    private static void neverWaits(Duration duration) {
        throw new IllegalStateException("waited for " + duration);
    }

    /**
     * A key that may have been used.
     *
     * @param customer whose it is; empty if an edit by hand spoiled that
     */
    record UsedKey(String keyId, Optional<String> customer) {}

    /** Every key, by its id; keys are revoked and never deleted, so that these are all that were ever used. */
    List<UsedKey> keys() {
        Map<String, UsedKey> keys = new TreeMap<>();
        client.scanPaginator(scan -> scan.tableName(tables.apiKeys())).items().forEach(item -> {
            Map<String, ItemValue> plain = Items.plain(item);
            String row = ItemValue.text(plain, KeyItems.TABLE_KEY).orElse("");
            if (PlanItems.planAt(row).isPresent()) {
                return;
            }
            Optional<String> keyId = name(plain, KeyItems.KEY_ID);
            Optional<String> customer = name(plain, KeyItems.CUSTOMER);
            String shown = "key " + keyId.orElse("#" + row.substring(0, Math.min(row.length(), SHOWN_HASH)));
            if (keyId.isEmpty()) {
                problem(shown, KeyItems.KEY_ID, "no name, so that its use cannot be found (expected: the key's id)");
            } else {
                keys.put(keyId.get(), new UsedKey(keyId.get(), customer));
            }
            if (customer.isEmpty()) {
                problem(
                        shown,
                        KeyItems.CUSTOMER,
                        "no name, so that its use of today is not known (expected: the customer's name)");
            }
        });
        return List.copyOf(keys.values());
    }

    private static Optional<String> name(Map<String, ItemValue> item, String field) {
        return ItemValue.text(item, field).filter(Names::isName);
    }

    /** What could not be read and is missing in the sums. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    private void problem(String item, String field, String complaint) {
        problems.add(new Problem(item, field, complaint, Problem.Severity.ERROR));
    }

    /**
     * A customer's counters as they stand, with what was abandoned closed; empty if somebody spoiled them by hand: the table has then named what
     * is wrong with them among the problems.
     *
     * @throws SdkException if the table cannot be read or written
     */
    Optional<Counters> current(String customer) {
        try {
            return Optional.of(ledger.current(customer));
        } catch (UsageSpoiled e) {
            return Optional.empty();
        } catch (UsageUnavailable e) {
            throw e.getCause() instanceof SdkException aws ? aws : SdkException.create(e.getMessage(), e);
        }
    }

    /** What each request used. */
    void requests(String keyId, Days days, Consumer<UsageRow> uses) {
        records.events(keyId, days, reader(event -> uses.accept(UsageRow.of(event))));
    }

    /**
     * What each day's requests used together: far quicker, and says nothing of aliases.
     *
     * @param current the counters of the key's customer, which know of today
     */
    void days(String keyId, Days days, Optional<Counters> current, Consumer<UsageRow> uses) {
        Optional<LocalDate> today = current.map(counters -> counters.moment().day());
        records.sums(keyId, days, reader(sum -> {
            LocalDate day = ((Period.Day) sum.period()).date();
            if (!Optional.of(day).equals(today)) {
                uses.accept(UsageRow.of(sum, day));
            }
        }));
        current.ifPresent(counters -> running(keyId, days, counters).ifPresent(uses));
    }

    private static Optional<UsageRow> running(String keyId, Days days, Counters current) {
        LocalDate today = current.moment().day();
        Totals totals = current.key(keyId).today();
        return days.contain(today) && totals.requests() > 0
                ? Optional.of(
                        UsageRow.of(new Period.Sum(keyId, current.customer(), new Period.Day(today), totals), today))
                : Optional.empty();
    }

    private <T> DynamoUsageRecords.Reader<T> reader(Consumer<T> consumer) {
        return new DynamoUsageRecords.Reader<>() {
            @Override
            public void read(T record) {
                consumer.accept(record);
            }

            @Override
            public void unreadable(Problem problem) {
                problems.add(problem);
            }
        };
    }
}
