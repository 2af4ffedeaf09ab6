package network.cortensor.portal.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.item.ItemValue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ItemsTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, Object> item = Map.of(
                "text",
                "a",
                "number",
                new BigDecimal("0.001"),
                "large",
                new BigDecimal("1E+125"),
                "flag",
                true,
                "list",
                List.of("a", Map.of("pool", "p", "weight", BigDecimal.TEN)));

        Map<String, Object> read = ItemValue.plain(Items.plain(Items.attributes(ItemValue.item(item))));

        assertThat(read)
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isNotEmpty();
        assertThat(read.get("large")).isEqualTo(new BigDecimal("1E+125").setScale(0));
        assertThat(read.get("list")).isEqualTo(item.get("list"));
        assertThat(read.get("number")).isEqualTo(item.get("number"));
    }

    @Test
    void setsAreListsAndNullIsAbsent() {
        Map<String, Object> read = ItemValue.plain(Items.plain(Map.of(
                "words", AttributeValue.fromSs(List.of("a")),
                "numbers", AttributeValue.fromNs(List.of("1")),
                "nothing", AttributeValue.fromNul(true))));

        assertThat(read).containsOnlyKeys("words", "numbers");
        assertThat(read.get("words")).isEqualTo(List.of("a"));
        assertThat(read.get("numbers")).isEqualTo(List.of(BigDecimal.ONE));
    }

    @Test
    void whatNoRuleExpectsIsKeptAsSomethingThatNoRuleTakes() {
        Map<String, ItemValue> read = Items.plain(Map.of(
                "bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("a")),
                "list", AttributeValue.fromL(List.of(AttributeValue.fromNul(true), AttributeValue.fromS("b")))));

        assertThat(read.get("bytes")).isInstanceOf(ItemValue.Foreign.class);
        assertThat(read.get("list"))
                .isInstanceOfSatisfying(
                        ItemValue.Listed.class,
                        list -> assertThat(list.values()).hasSize(2));
    }
}
