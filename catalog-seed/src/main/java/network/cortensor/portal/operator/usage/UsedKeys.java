package network.cortensor.portal.operator.usage;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.keys.items.KeyItems;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;

/** The ids of all keys that requests may have been made with. */
public final class UsedKeys {
    private UsedKeys() {}

    /**
     * Every one that can be read.
     *
     * @param unread is told of each key that an edit by hand left without an id
     * @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be read
     */
    public static List<String> ids(Access access, Consumer<Problem> unread) throws CommandStopped {
        UsageReader reader = new UsageReader(access.dynamo(), access.tables(), InstantSource.system());
        List<String> ids =
                reader.keys().stream().map(UsageReader.UsedKey::keyId).toList();
        reader.problems().stream()
                .filter(problem -> problem.field().equals(KeyItems.KEY_ID))
                .forEach(unread);
        return ids;
    }
}
