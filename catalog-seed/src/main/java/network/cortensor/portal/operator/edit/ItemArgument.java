package network.cortensor.portal.operator.edit;

import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;

/**
 * How operators name an item: {@code oss-20b/a-101} for a target; {@code pool/oss-20b} or {@code model/gpt-oss-20b}, or the bare name where
 * only one of the two exists.
 */
public final class ItemArgument {
    private ItemArgument() {}

    /** @throws CommandStopped if there is no such item, or two are called so */
    public static ItemKey find(String text, StoredCatalog stored) throws CommandStopped {
        List<ItemKey> found =
                candidates(text).filter(key -> stored.item(key).isPresent()).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CommandStopped(
                ExitCode.USAGE,
                found.isEmpty()
                        ? text + ": does not exist (expected: a model, a pool, or POOL/TARGET)"
                        : text + ": is a model and a pool (expected: model/" + text + " or pool/" + text + ")");
    }

    /** Whatever may be meant, whether or not it exists. */
    public static Stream<ItemKey> candidates(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Stream.of(ItemKey.model(text), ItemKey.pool(text));
        }
        String first = text.substring(0, slash);
        String rest = text.substring(slash + 1);
        Stream<ItemKey> target = Stream.of(ItemKey.target(first, rest));
        return switch (first) {
            case "model" -> Stream.concat(Stream.of(ItemKey.model(rest)), target);
            case "pool" -> Stream.concat(Stream.of(ItemKey.pool(rest)), target);
            default -> target;
        };
    }
}
