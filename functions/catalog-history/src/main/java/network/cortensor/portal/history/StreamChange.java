package network.cortensor.portal.history;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.CatalogTable;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.Sequence;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a record of a table's stream says: which item was changed, when, by whom as far as known, and from what to what. */
record StreamChange(HistoryEntry.Id id, HistoryEntry.Edit edit, HistoryEntry.Images images) {
    private static final Pattern TABLE = Pattern.compile("arn:[^:]*:dynamodb:[^:]*:[^:]*:table/([^/]+)/stream/.*");

    /** @throws IllegalArgumentException if the record is not of one of the catalog's tables, or lacks what records have */
    static StreamChange of(DynamodbStreamRecord record, TableNames tables) {
        StreamRecord change = present("dynamodb", record.getDynamodb());
        HistoryEntry.Images images = new HistoryEntry.Images(image(change.getOldImage()), image(change.getNewImage()));
        CatalogKey key = CatalogKey.of(
                        table(present("eventSourceARN", record.getEventSourceARN()), tables),
                        Items.plain(EventValues.item(present("Keys", change.getKeys()))))
                .orElseThrow(() -> new IllegalArgumentException("Keys (expected: the table's)"));
        Sequence sequence = Sequence.parse(present("SequenceNumber", change.getSequenceNumber()))
                .orElseThrow(() -> new IllegalArgumentException("SequenceNumber (expected: digits)"));
        return new StreamChange(
                new HistoryEntry.Id(key, sequence), edit(record.getUserIdentity(), change, images), images);
    }

    HistoryEntry judged(EditVerdict verdict) {
        return new HistoryEntry(id, edit, images, verdict);
    }

    /** As the rules see it. */
    EditVerdict.Change plain() {
        return new EditVerdict.Change(
                id.item(), images.before().map(Items::plain), images.after().map(Items::plain));
    }

    private static CatalogTable table(String streamArn, TableNames tables) {
        Matcher arn = TABLE.matcher(streamArn);
        String name = arn.matches() ? arn.group(1) : "";
        return CatalogTable.CATALOG.stream()
                .filter(table -> tables.of(table).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "eventSourceARN (expected: a stream of one of the catalog's tables)"));
    }

    private static Optional<Map<String, AttributeValue>> image(
            @Nullable Map<String, com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue> image) {
        return Optional.ofNullable(image).filter(values -> !values.isEmpty()).map(EventValues::item);
    }

    /** DynamoDB names the writer only where it deletes an item itself, because the item's time has come. */
    private static HistoryEntry.Edit edit(
            @Nullable Identity identity, StreamRecord change, HistoryEntry.Images images) {
        Optional<String> platform = Optional.ofNullable(identity).map(Identity::getPrincipalId);
        Optional<Map<String, AttributeValue>> stamped = images.after().filter(after -> stamped(after, images));
        return new HistoryEntry.Edit(
                present("ApproximateCreationDateTime", change.getApproximateCreationDateTime())
                        .toInstant(),
                stamped.flatMap(after -> text(after, "updatedBy")).or(() -> platform),
                stamped.flatMap(after -> text(after, "reason")));
    }

    /** An edit by hand leaves the last one's stamp where it was. */
    private static boolean stamped(Map<String, AttributeValue> after, HistoryEntry.Images images) {
        AttributeValue at = after.get("updatedAt");
        return at != null && !at.equals(images.before().orElse(Map.of()).get("updatedAt"));
    }

    private static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return value;
    }

    private static Optional<String> text(Map<String, AttributeValue> item, String field) {
        return Optional.ofNullable(item.get(field)).map(AttributeValue::s).filter(text -> !text.isBlank());
    }
}
