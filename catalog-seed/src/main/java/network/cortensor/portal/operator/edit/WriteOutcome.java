package network.cortensor.portal.operator.edit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import network.cortensor.portal.catalog.ItemFields;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What became of changes. */
public sealed interface WriteOutcome {
    /** How many were written. */
    int count();

    /** All of them. */
    record All(int count) implements WriteOutcome {}

    /**
     * Another writer was faster.
     *
     * @param count of those that were written before, in earlier transactions
     * @param conflicts the changes whose item is not any more as it was read
     */
    record Conflicted(int count, List<Conflict> conflicts) implements WriteOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * Nobody has changed the same items, but one that the check for dangers relied on is not any more as it was read: what was written in earlier
     * transactions stands, and the rest has to be checked again.
     */
    record Overtaken(int count) implements WriteOutcome {}

    /**
     * An item that is not as it was shown.
     *
     * @param found how it is now; absent if it is gone
     */
    record Conflict(Change change, Optional<Map<String, AttributeValue>> found) {
        /** What others have changed since it was read, as {@code model m: state: live → paused (by bob, maintenance)}. */
        public List<String> lines() {
            String item = change.key().toString();
            if (found.isEmpty()) {
                return List.of(item + ": was removed by somebody else");
            }
            Map<String, ItemValue> now = plain(found.get());
            if (change instanceof Change.Create) {
                return List.of(item + ": was made by somebody else" + signature(now));
            }
            List<String> lines = new ArrayList<>();
            for (FieldChange change : FieldChange.between(plain(seen()), now, fields(now))) {
                lines.add(item + ": " + change + signature(now));
            }
            return lines.isEmpty() ? List.of(item + ": was written by somebody else" + signature(now)) : lines;
        }

        private Map<String, AttributeValue> seen() {
            return switch (change) {
                case Change.Create ignored -> Map.of();
                case Change.Update update -> update.seen();
                case Change.Delete delete -> delete.seen();
            };
        }

        private List<String> fields(Map<String, ItemValue> now) {
            TreeSet<String> all = new TreeSet<>(plain(seen()).keySet());
            all.addAll(now.keySet());
            all.removeAll(ItemFields.EDIT);
            List<String> ordered = new ArrayList<>(FieldOrder.of(change.key().table()));
            ordered.retainAll(all);
            ordered.addAll(all);
            return ordered;
        }

        private Map<String, ItemValue> plain(Map<String, AttributeValue> item) {
            return new HashMap<>(Items.plain(item));
        }

        private static String signature(Map<String, ItemValue> now) {
            return now.containsKey("updatedBy")
                    ? " (last signed by " + ValueText.of(now.get("updatedBy")) + ", "
                            + ValueText.of(Optional.ofNullable(now.get("reason"))) + ")"
                    : "";
        }
    }
}
