package network.cortensor.portal.operator.edit;

import java.util.Map;
import network.cortensor.portal.catalog.CatalogKey;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item that a write leaves alone and relies on: if it is not as it has to be, nothing is written. */
sealed interface Guard {
    CatalogKey key();

    /** Every field of it is as it was read. */
    record Unchanged(CatalogKey key, Map<String, AttributeValue> seen) implements Guard {
        public Unchanged {
            seen = Map.copyOf(seen);
        }
    }

    /** It is there, whatever it says. */
    record Present(CatalogKey key) implements Guard {}
}
