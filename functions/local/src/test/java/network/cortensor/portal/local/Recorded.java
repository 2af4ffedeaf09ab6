package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The history that a local product keeps while a test runs, some moments behind the changes. */
final class Recorded {
    private final FastPortal fast;
    private final DynamoHistory history;

    Recorded(FastPortal fast) {
        this.fast = fast;
        this.history = new DynamoHistory(
                fast.portal().dynamo().client(), fast.portal().tables().catalogHistory());
    }

    /** All entries of an item, the last one first, once there are so many. */
    List<HistoryEntry> await(CatalogKey item, int count) throws HistoryUnavailable, InterruptedException {
        fast.lines()
                .await(
                        count,
                        line -> line.event().equals("catalog_change")
                                && item.stored().equals(line.keys().get("item")));
        List<HistoryEntry> entries = history.latest(item, Integer.MAX_VALUE);
        assertThat(entries).as("entries of %s", item).hasSize(count);
        return entries;
    }

    /** The last of so many entries of an item, which has to be of the change that left it like this. */
    HistoryEntry await(CatalogKey item, int count, Map<String, AttributeValue> after)
            throws HistoryUnavailable, InterruptedException {
        HistoryEntry last = await(item, count).getFirst();
        assertThat(last.images().after()).as("entry of %s", item).contains(after);
        return last;
    }
}
