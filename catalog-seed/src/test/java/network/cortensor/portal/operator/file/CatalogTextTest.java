package network.cortensor.portal.operator.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.edit.Changes;
import network.cortensor.portal.operator.edit.StoredCatalog;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is exported is read back as it was, however a text may look to YAML. */
class CatalogTextTest {
    /** Of YAML's own signs, of numbers and of words. */
    private static final String ALPHABET = "0159_xoObBeE+-.:#, \n\"'{}[]*&!|>%@`?~nulyestrofN\t\\$=<é";

    private static final List<String> TEXTS = List.of(
            "010",
            "0x1F",
            "1_000",
            "1e3",
            "12:30:45",
            "190:20:30.5",
            "-1:30.",
            ".inf",
            ".NaN",
            "null",
            "~",
            "off",
            "Yes",
            "*x",
            "&x",
            "!!int 1",
            "<<",
            "---",
            "...",
            "# no comment",
            "a: b",
            "${x} and $${y}",
            "'",
            "\"",
            "two\nlines",
            "2026-01-01");

    @Test
    void everyTextIsReadBackAsItWas() throws BadCatalogFile {
        List<String> texts = Stream.concat(
                        TEXTS.stream(), IntStream.range(0, 2_000).mapToObj(CatalogTextTest::text))
                .filter(text -> !text.isBlank() && text.indexOf('\t') < 0)
                .toList();
        Map<CatalogKey, Map<String, AttributeValue>> items = new HashMap<>();
        items.put(CatalogKey.pool("p"), Items.attributes(ItemValue.item(Map.of("state", "live"))));
        for (int number = 0; number < texts.size(); number++) {
            items.put(CatalogKey.model("m" + number), Items.attributes(ItemValue.item(model(texts.get(number)))));
        }
        StoredCatalog stored = new StoredCatalog(items);

        CatalogFile file = CatalogFile.parse("c.yaml", new CatalogText(stored, "local").yaml(), Map.of());

        assertThat(file.changesOf(stored, Changes.Rest.GOES)).isEmpty();
        for (int number = 0; number < texts.size(); number++) {
            assertThat(file.items().models().get("m" + number))
                    .containsEntry("displayName", ItemValue.of(texts.get(number)));
        }
    }

    private static Map<String, Object> model(String text) {
        return Map.of(
                "state",
                "live",
                "contextLength",
                BigDecimal.TEN,
                "maxOutputTokens",
                BigDecimal.ONE,
                "promptFormat",
                "plain",
                "displayName",
                text,
                "routes",
                List.of(Map.of("pool", "p", "weight", BigDecimal.ONE)));
    }

    private static String text(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.ints(random.nextInt(1, 7), 0, ALPHABET.length())
                .mapToObj(index -> ALPHABET.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}
