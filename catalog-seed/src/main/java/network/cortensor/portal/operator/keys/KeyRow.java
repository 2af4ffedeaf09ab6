package network.cortensor.portal.operator.keys;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.items.KeyItems;

/** A key's item, as it stands in the table. */
record KeyRow(KeyHash hash, Map<String, ItemValue> item) {
    KeyRow {
        item = Map.copyOf(item);
    }

    /** What a key is good for at present. */
    enum Standing {
        ACTIVE,
        EXPIRED,
        REVOKED,
        /** Its item or its plan cannot be understood: its customer is told that the service is unavailable. */
        BROKEN
    }

    Parsed<Optional<IssuedKey>> parsed() {
        return KeyItems.parse(hash, item);
    }

    /** @param plan the row of its plan, if there is one */
    Standing standing(Optional<PlanRow> plan, Instant now) {
        Optional<IssuedKey> key = parsed().value();
        if (key.isEmpty()) {
            return Standing.BROKEN;
        }
        if (key.get().status() == IssuedKey.Status.REVOKED) {
            return Standing.REVOKED;
        }
        if (!key.get().goodAt(now)) {
            return Standing.EXPIRED;
        }
        return plan.flatMap(row -> row.parsed().value()).isPresent() ? Standing.ACTIVE : Standing.BROKEN;
    }

    /** A field as people read it, or empty text. */
    String text(String field) {
        return Optional.ofNullable(item.get(field))
                .map(value -> String.valueOf(value.plain()))
                .orElse("");
    }
}
