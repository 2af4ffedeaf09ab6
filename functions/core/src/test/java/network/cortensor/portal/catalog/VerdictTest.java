package network.cortensor.portal.catalog;

import static network.cortensor.portal.catalog.ExampleItems.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.item.ItemValue;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final WholeCatalog.Items items = ExampleItems.of("one", "two");

    @Test
    void aGoodChangeOfAGoodItemHasNoProblems() {
        assertThat(among(CatalogKey.pool("one-pool"), "queueSeconds", number("5"))
                        .problems())
                .isEmpty();
    }

    @Test
    void whatIsWrongInTheItemIsSaid() {
        assertThat(texts(among(CatalogKey.target("one-pool", "r1"), "weight", number("-1"))))
                .containsExactly("target one-pool/r1: weight: -1 (expected: a whole number >= 0)");
    }

    @Test
    void aRouteToNowhereIsSaidWhereOthersAreLookedAt() {
        EditVerdict.Change change =
                change(CatalogKey.model("one"), "routes", List.of(Map.of("pool", "gone", "weight", number("1"))));

        assertThat(texts(EditVerdict.among(items, change)))
                .containsExactly("model one: routes[0].pool: \"gone\" does not exist (expected: the name of an item)");
        assertThat(EditVerdict.alone(change)).isEqualTo(new EditVerdict(EditVerdict.Scope.ITEM, List.of()));
    }

    @Test
    void aSessionThatAnotherTargetHasIsSaidOfBoth() {
        Map<String, ItemValue> same = ExampleItems.targets(items, "two-pool").getOrDefault("r1", Map.of());

        EditVerdict verdict = EditVerdict.among(
                items,
                new EditVerdict.Change(CatalogKey.target("one-pool", "r1"), Optional.empty(), Optional.of(same)));

        assertThat(verdict.bad()).isTrue();
        assertThat(verdict.problems())
                .extracting(Problem::item)
                .containsExactlyInAnyOrder("target one-pool/r1", "target two-pool/r1");
    }

    @Test
    void whatADeletionBreaksIsSaidAndWhatWasBrokenBeforeIsNot() {
        ExampleItems.model(items, "two").put("state", ItemValue.ofPlain("lively"));
        CatalogKey pool = CatalogKey.pool("one-pool");

        EditVerdict verdict =
                EditVerdict.among(items, new EditVerdict.Change(pool, items.item(pool), Optional.empty()));

        assertThat(verdict.problems())
                .extracting(Problem::item)
                .containsExactlyInAnyOrder("model one", "model one", "target one-pool/r1", "target one-pool/o1");
    }

    @Test
    void aKeyThatIsNoNameIsSaidAndNothingElseOfIt() {
        CatalogKey key = CatalogKey.target("one-pool", "A\nB");

        EditVerdict verdict = EditVerdict.among(
                items,
                new EditVerdict.Change(key, Optional.empty(), Optional.of(ItemValue.item(Map.of("state", "lively")))));

        assertThat(texts(verdict))
                .containsExactly("target \"A\\u000aB\": key: not a name (expected: [a-z0-9][a-z0-9.-]{0,63})");
    }

    @Test
    void keysOfItemsAreReadAsTheyAreWritten() {
        assertThat(CatalogKey.parse("Targets/oss-20b/a-101")).contains(CatalogKey.target("oss-20b", "a-101"));
        assertThat(CatalogKey.parse("Models/gpt-oss-20b")).contains(CatalogKey.model("gpt-oss-20b"));
        assertThat(List.of("", "Models", "models/x", "Targets/x", "Pools/x/y", "Pools/%", "Pools/a b", "Pools/a%62"))
                .allSatisfy(text -> assertThat(CatalogKey.parse(text)).isEmpty());
    }

    private EditVerdict among(CatalogKey key, String field, Object value) {
        return EditVerdict.among(items, change(key, field, value));
    }

    private EditVerdict.Change change(CatalogKey key, String field, Object value) {
        Map<String, Object> after = new HashMap<>(items.item(key).orElseThrow());
        after.put(field, value);
        return new EditVerdict.Change(key, items.item(key), Optional.of(ItemValue.item(after)));
    }

    private static List<String> texts(EditVerdict verdict) {
        return verdict.problems().stream().map(Problem::toString).toList();
    }
}
