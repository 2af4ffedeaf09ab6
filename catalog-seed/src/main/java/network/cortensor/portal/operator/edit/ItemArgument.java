package network.cortensor.portal.operator.edit;

import java.util.List;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.ExitCode;

/**
 * How operators name an item: {@code oss-20b/a-101} for a target; {@code pool/oss-20b} or {@code model/gpt-oss-20b}, or the bare name where
 * only one of the two exists.
 */
public final class ItemArgument {
    private ItemArgument() {}

    /** @throws CommandStopped if there is no such item, or two are called so */
    public static CatalogKey find(String text, StoredCatalog stored) throws CommandStopped {
        List<CatalogKey> found =
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
    public static Stream<CatalogKey> candidates(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Stream.of(CatalogKey.model(text), CatalogKey.pool(text));
        }
        String first = text.substring(0, slash);
        String rest = text.substring(slash + 1);
        Stream<CatalogKey> target = Stream.of(CatalogKey.target(first, rest));
        return switch (first) {
            case "model" -> Stream.concat(Stream.of(CatalogKey.model(rest)), target);
            case "pool" -> Stream.concat(Stream.of(CatalogKey.pool(rest)), target);
            default -> target;
        };
    }
}
