package network.cortensor.portal.operator.keys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.items.KeyItems;

/** A key as {@code --json} has it: its item's fields, with {@code standing} for what it is good for. */
final class KeyJson {
    private KeyJson() {}

    static Map<String, Object> of(KeyRow row, ApiKeysTable.Contents contents, Instant now) {
        Map<String, Object> plain = ItemValue.plain(row.item());
        Map<String, Object> json = new LinkedHashMap<>();
        KeyItems.FIELDS.stream()
                .filter(plain::containsKey)
                .forEach(field -> json.put(field, plain.getOrDefault(field, "")));
        json.put(
                "standing",
                row.standing(contents.plan(row.text(KeyItems.PLAN)), now).name().toLowerCase(Locale.ROOT));
        return json;
    }

    /** What is wrong with a key's item, its plan's absence included. */
    static List<Problem> problems(KeyRow row, ApiKeysTable.Contents contents) {
        List<Problem> problems = new ArrayList<>(row.parsed().problems());
        row.parsed()
                .value()
                .filter(key -> contents.plan(key.plan()).isEmpty())
                .ifPresent(key -> problems.add(Problem.dangling("key " + key.keyId(), KeyItems.PLAN, key.plan())));
        return problems;
    }
}
