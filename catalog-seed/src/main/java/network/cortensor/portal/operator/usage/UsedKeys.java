package network.cortensor.portal.operator.usage;

import java.util.List;
import network.cortensor.portal.operator.frame.Access;
import network.cortensor.portal.operator.frame.CommandStopped;

/** The ids of all keys that requests may have been made with. */
public final class UsedKeys {
    private UsedKeys() {}

    /** @throws software.amazon.awssdk.core.exception.SdkException if the table cannot be read */
    public static List<String> ids(Access access) throws CommandStopped {
        return new UsageReader(access.dynamo(), access.tables(), java.time.InstantSource.system())
                .keys().stream().map(UsageReader.UsedKey::keyId).toList();
    }
}
