package network.cortensor.portal.dynamo.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.Fields;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * History in its table: an entry is one item under {@code item} and {@code sequence}, written once and never changed. An image that finds
 * no room in it lies beside it in parts, under {@code <item>#<sequence>#before} and {@code …#after}; the entry has their number in
 * {@code beforeParts} and {@code afterParts}, in place of {@code before} and {@code after}. Safe for use by many threads.
 */
public final class DynamoHistory {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String PARTS = "Parts";
    private static final String PART = "part";

    /** An item of 400 KB makes three. */
    private static final long MOST_PARTS = 100;

    private final DynamoDbClient client;
    private final String table;

    /** @param table of history */
    public DynamoHistory(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * Writes an entry unless it is there. Parts go first: an entry that can be seen can be read.
     *
     * @return whether it was not there before
     * @throws HistoryUnavailable if it cannot be written now; to try again is safe
     */
    public boolean record(HistoryEntry entry) throws HistoryUnavailable {
        try {
            Map<String, AttributeValue> item = EntryItem.withoutImages(entry);
            put(item, entry.id(), BEFORE, entry.images().before());
            put(item, entry.id(), AFTER, entry.images().after());
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#item)")
                    .expressionAttributeNames(Map.of("#item", EntryItem.ITEM)));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        } catch (SdkException e) {
            throw new HistoryUnavailable("history cannot be written", e);
        }
    }

    /**
     * Whether there is any entry of an item.
     *
     * @throws HistoryUnavailable if it cannot be read
     */
    public boolean knows(CatalogKey item) throws HistoryUnavailable {
        try {
            return client.query(entries(item).limit(1).build()).count() > 0;
        } catch (SdkException e) {
            throw new HistoryUnavailable("history cannot be read", e);
        }
    }

    /**
     * The latest changes of an item, the last one first.
     *
     * @throws HistoryUnavailable if they cannot be read, or one of them is spoiled
     */
    public List<HistoryEntry> latest(CatalogKey item, int most) throws HistoryUnavailable {
        List<HistoryUnavailable> spoiled = new ArrayList<>();
        List<HistoryEntry> entries = latest(item, most, spoiled::add);
        if (!spoiled.isEmpty()) {
            throw spoiled.getFirst();
        }
        return entries;
    }

    /**
     * The latest changes of an item, the last one first; what was spoiled by hand is left out.
     *
     * @param spoiled is told of each that is left out
     * @throws HistoryUnavailable if they cannot be read
     */
    public List<HistoryEntry> latest(CatalogKey item, int most, Consumer<HistoryUnavailable> spoiled)
            throws HistoryUnavailable {
        List<HistoryEntry> entries = new ArrayList<>();
        try {
            for (Map<String, AttributeValue> found :
                    client.queryPaginator(entries(item).build()).items()) {
                if (entries.size() == most) {
                    break;
                }
                try {
                    entries.add(entry(item, found));
                } catch (HistoryUnavailable e) {
                    spoiled.accept(e);
                }
            }
        } catch (SdkException e) {
            throw new HistoryUnavailable("history cannot be read", e);
        }
        return List.copyOf(entries);
    }

    /**
     * One entry, if there is such a one.
     *
     * @throws HistoryUnavailable if it cannot be read
     */
    public Optional<HistoryEntry> find(HistoryEntry.Id id) throws HistoryUnavailable {
        try {
            Map<String, AttributeValue> found = client.getItem(
                            get -> get.tableName(table).consistentRead(true).key(EntryItem.key(id)))
                    .item();
            return found.isEmpty() ? Optional.empty() : Optional.of(entry(id.item(), found));
        } catch (SdkException e) {
            throw new HistoryUnavailable("history cannot be read", e);
        }
    }

    private QueryRequest.Builder entries(CatalogKey item) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .scanIndexForward(false)
                .keyConditionExpression("#item = :item")
                .expressionAttributeNames(Map.of("#item", EntryItem.ITEM))
                .expressionAttributeValues(Map.of(":item", EntryItem.text(item.stored())));
    }

    private void put(
            Map<String, AttributeValue> item,
            HistoryEntry.Id id,
            String name,
            Optional<Map<String, AttributeValue>> image) {
        if (image.isEmpty()) {
            return;
        }
        Optional<Packed> packed = Packed.ifNeeded(image.get());
        if (packed.isEmpty()) {
            item.put(name, AttributeValue.fromM(image.get()));
            return;
        }
        List<byte[]> parts = packed.get().parts();
        for (int number = 0; number < parts.size(); number++) {
            Map<String, AttributeValue> part = new HashMap<>(partKey(id, name, number));
            part.put(PART, AttributeValue.fromB(SdkBytes.fromByteArray(parts.get(number))));
            client.putItem(put -> put.tableName(table).item(part));
        }
        item.put(name + PARTS, AttributeValue.fromN(Integer.toString(parts.size())));
    }

    private HistoryEntry entry(CatalogKey key, Map<String, AttributeValue> item) throws HistoryUnavailable {
        HistoryEntry.Id id = new HistoryEntry.Id(
                key,
                Sequence.stored(item.getOrDefault(EntryItem.SEQUENCE, EntryItem.text(""))
                                .s())
                        .orElseThrow(() -> new HistoryUnavailable(
                                key + " has an entry under no sequence number (expected: 40 digits)")));
        return EntryItem.entry(key, item, new HistoryEntry.Images(image(item, id, BEFORE), image(item, id, AFTER)));
    }

    private Optional<Map<String, AttributeValue>> image(
            Map<String, AttributeValue> item, HistoryEntry.Id id, String name) throws HistoryUnavailable {
        AttributeValue parts = item.get(name + PARTS);
        if (parts == null) {
            return whole(Optional.ofNullable(item.get(name)), id, name);
        }
        List<byte[]> read = new ArrayList<>();
        int count = Fields.asWhole(Items.plain(Map.of(PARTS, parts)).getOrDefault(PARTS, ItemValue.of("")), MOST_PARTS)
                .filter(number -> number > 0)
                .orElseThrow(() -> new HistoryUnavailable(
                        id + ": " + name + PARTS + ": no number of parts (expected: 1 to " + MOST_PARTS + ")"))
                .intValue();
        for (int number = 0; number < count; number++) {
            Map<String, AttributeValue> key = partKey(id, name, number);
            AttributeValue bytes = client.getItem(
                            get -> get.tableName(table).consistentRead(true).key(key))
                    .item()
                    .get(PART);
            if (bytes == null || bytes.b() == null) {
                throw new HistoryUnavailable("a part of an image of " + id.item() + " is gone");
            }
            read.add(bytes.b().asByteArray());
        }
        try {
            return Optional.of(new Packed(read).image());
        } catch (IOException e) {
            throw new HistoryUnavailable("an image of " + id.item() + " cannot be unpacked", e);
        }
    }

    private static Optional<Map<String, AttributeValue>> whole(
            Optional<AttributeValue> image, HistoryEntry.Id id, String name) throws HistoryUnavailable {
        if (image.filter(value -> !value.hasM()).isPresent()) {
            throw new HistoryUnavailable(id + ": " + name + ": no image (expected: a map)");
        }
        return image.map(AttributeValue::m);
    }

    private static Map<String, AttributeValue> partKey(HistoryEntry.Id id, String name, int number) {
        return Map.of(
                EntryItem.ITEM,
                EntryItem.text(id.item().stored() + "#" + id.sequence().digits() + "#" + name),
                EntryItem.SEQUENCE,
                EntryItem.text(Integer.toString(number)));
    }
}
