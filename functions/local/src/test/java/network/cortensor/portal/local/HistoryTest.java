package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryEntry.Kind;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The local product records every change of its catalog, from the seed on. */
class HistoryTest {
    @Test
    void theSeedAHandEditAndADeletionAreAllInTheHistory() throws Exception {
        try (FastPortal fast = new FastPortal(1)) {
            CatalogKey target = CatalogKey.target("qwen", "a-401");
            Recorded recorded = new Recorded(fast);
            recorded.await(target, 1);

            fast.put(
                    fast.portal().tables().targets(),
                    Map.of(
                            "pool", "qwen",
                            "target", "a-401",
                            "routerUrl", "ftp://router-a",
                            "sessionId", BigDecimal.valueOf(401),
                            "note", Map.of("empty", Map.of(), "none", List.of()),
                            "labels", Map.of(),
                            "state", "live"));
            recorded.await(target, 2);
            fast.portal()
                    .dynamo()
                    .client()
                    .deleteItem(delete -> delete.tableName(
                                    fast.portal().tables().targets())
                            .key(Map.of(
                                    "pool", AttributeValue.fromS("qwen"), "target", AttributeValue.fromS("a-401"))));
            List<HistoryEntry> entries = recorded.await(target, 3);

            assertThat(entries)
                    .extracting(entry -> entry.images().kind())
                    .containsExactly(Kind.DELETED, Kind.CHANGED, Kind.CREATED);
            assertThat(entries)
                    .extracting(entry -> entry.edit().by().orElse(""))
                    .containsExactly("", "", "local");
            assertThat(entries.get(1).verdict().problems())
                    .extracting(Problem::toString)
                    .containsExactly("target qwen/a-401: routerUrl: \"ftp://router-a\""
                            + " (expected: http(s)://host[:port][/path], without user info)");
            assertThat(fast.log()).contains("bad_item").contains("field=routerUrl");
        }
    }
}
