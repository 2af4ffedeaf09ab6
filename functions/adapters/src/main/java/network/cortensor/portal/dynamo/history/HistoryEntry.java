package network.cortensor.portal.dynamo.history;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One change of one item of the catalog, as history keeps it. */
public record HistoryEntry(Id id, Edit edit, Images images, EditVerdict verdict) {
    /**
     * An entry's key.
     *
     * @param sequence orders the changes of one item
     */
    public record Id(CatalogKey item, Sequence sequence) {
        /** As in {@code model gpt-oss-20b, change 41}. */
        @Override
        public String toString() {
            return item + ", change " + sequence;
        }
    }

    /**
     * When a change was made, and what is known of who made it and why. Only an edit that stamped the item says so: one by hand leaves
     * the stamp of the edit before it, which says nothing of this one.
     *
     * @param at to the second, as the stream has it
     */
    public record Edit(Instant at, Optional<String> by, Optional<String> reason) {}

    /**
     * The item before and after the change, with every attribute as the table had it.
     *
     * @param before absent if the item came into being
     * @param after absent if it was deleted
     */
    public record Images(Optional<Map<String, AttributeValue>> before, Optional<Map<String, AttributeValue>> after) {
        public Images {
            before = before.map(Map::copyOf);
            after = after.map(Map::copyOf);
        }

        public Kind kind() {
            if (before.isEmpty()) {
                return Kind.CREATED;
            }
            return after.isEmpty() ? Kind.DELETED : Kind.CHANGED;
        }
    }

    /** What happened to the item. */
    public enum Kind {
        CREATED,
        CHANGED,
        DELETED
    }
}
