package network.cortensor.portal.dynamo.history;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogKey;
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
     * @throws HistoryUnavailable if they cannot be read
     */
    public List<HistoryEntry> latest(CatalogKey item, int most) throws HistoryUnavailable {
        List<HistoryEntry> entries = new ArrayList<>();
        try {
            for (Map<String, AttributeValue> found :
                    client.queryPaginator(entries(item).build()).items()) {
                if (entries.size() == most) {
                    break;
                }
                entries.add(entry(item, found));
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
                .expressionAttributeValues(Map.of(":item", EntryItem.text(item.toString())));
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
                Sequence.parse(Optional.ofNullable(item.get(EntryItem.SEQUENCE))
                                .map(AttributeValue::s)
                                .orElse(""))
                        .orElseThrow(() -> new HistoryUnavailable(key + " has an entry under no sequence number")));
        return EntryItem.entry(key, item, new HistoryEntry.Images(image(item, id, BEFORE), image(item, id, AFTER)));
    }

    private Optional<Map<String, AttributeValue>> image(
            Map<String, AttributeValue> item, HistoryEntry.Id id, String name) throws HistoryUnavailable {
        AttributeValue parts = item.get(name + PARTS);
        if (parts == null) {
            return Optional.ofNullable(item.get(name)).map(AttributeValue::m);
        }
        List<byte[]> read = new ArrayList<>();
        for (int number = 0; number < Integer.parseInt(parts.n()); number++) {
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

    private static Map<String, AttributeValue> partKey(HistoryEntry.Id id, String name, int number) {
        return Map.of(
                EntryItem.ITEM,
                EntryItem.text(id.item() + "#" + id.sequence().digits() + "#" + name),
                EntryItem.SEQUENCE,
                EntryItem.text(Integer.toString(number)));
    }
}
