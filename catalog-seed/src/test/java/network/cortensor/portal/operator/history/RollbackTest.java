package network.cortensor.portal.operator.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.catalog.EditVerdict;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.history.DynamoHistory;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.dynamo.history.HistoryUnavailable;
import network.cortensor.portal.dynamo.history.Sequence;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The commands on a history that the test writes as the function would. */
class RollbackTest {
    private static final TableNames TABLES = TableNames.prefixed("rollback-");
    private static final CatalogKey MODEL = CatalogKey.model("gpt-oss-20b");
    private static final CatalogKey POOL = CatalogKey.pool("oss-20b");
    private static final CatalogKey TARGET = CatalogKey.target("oss-20b", "a-101");

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final DynamoHistory history = new DynamoHistory(dynamo.client(), TABLES.catalogHistory());
    private final Operator operator = Operator.at(dynamo.url(), "rollback-");
    private int changes;

    @BeforeEach
    void aServedModel() throws HistoryUnavailable {
        change(POOL, Optional.of(Map.of("state", "live")));
        change(TARGET, Optional.of(target("live")));
        change(MODEL, Optional.of(model(100)));
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    @Test
    void aBadEditIsUndoneAndHistoryShowsWhatItWas() throws Exception {
        String sequence = change(TARGET, Optional.of(target("lively")));

        Operator.Outcome shown = run("history", "oss-20b/a-101");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out()).contains(sequence, "state: live → lively", "bad", "created");
        assertThat(shown.out()).contains("state: \"lively\" (expected: one of live, degraded, draining, paused)");

        Operator.Outcome undone = run("rollback", "oss-20b/a-101", sequence, "--yes", "--reason", "typo");
        assertThat(undone.err()).isEmpty();
        assertThat(undone.out()).contains("state", "lively", "→", "live", "1 change written");
        assertThat(plain(TARGET))
                .containsEntry("state", "live")
                .containsEntry("reason", "typo")
                .containsEntry("updatedBy", "alice");
    }

    @Test
    void everyTypeOfValueIsBroughtBackAsItWas() throws Exception {
        Map<String, AttributeValue> odd = new HashMap<>(Items.attributes(ItemValue.item(target("live"))));
        odd.put("texts", AttributeValue.fromSs(List.of("a", "b")));
        odd.put("bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("\u0000")));
        odd.put("nothing", AttributeValue.fromNul(true));
        odd.put("nested", AttributeValue.fromL(List.of(AttributeValue.fromNul(true), AttributeValue.fromBool(true))));
        record(TARGET, Optional.of(odd));
        String sequence = change(TARGET, Optional.of(target("live")));

        assertThat(run("rollback", "oss-20b/a-101", sequence, "--yes").err()).isEmpty();

        assertThat(item(TARGET).orElseThrow()).containsAllEntriesOf(odd);
    }

    @Test
    void whatWasDeletedIsMadeAgainAndWhatWasMadeIsRemoved() throws Exception {
        String made = change(CatalogKey.pool("spare"), Optional.of(Map.of("state", "live")));
        assertThat(run("rollback", "pool/spare", made, "--yes").exitCode()).isZero();
        assertThat(item(CatalogKey.pool("spare"))).isEmpty();

        String deleted = change(TARGET, Optional.empty());
        assertThat(run("rollback", "Targets/oss-20b/a-101", deleted, "--yes").exitCode())
                .isZero();
        assertThat(plain(TARGET)).containsAllEntriesOf(target("live"));
    }

    @Test
    void aBadStateIsNotBroughtBackWithoutForce() throws Exception {
        change(MODEL, Optional.of(model(-1)));
        String repaired = change(MODEL, Optional.of(model(100)));

        Operator.Outcome refused = run("rollback", "gpt-oss-20b", repaired, "--yes");
        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.err()).contains("routes[0].weight: -1", "--force");
        assertThat(plain(MODEL)).isEqualTo(withKey(MODEL, model(100)));

        assertThat(run("rollback", "gpt-oss-20b", repaired, "--yes", "--force").exitCode())
                .isZero();
        assertThat(plain(MODEL)).containsAllEntriesOf(model(-1));
    }

    @Test
    void aStateThatTakesAModelAwayFromCustomersIsDangerous() throws Exception {
        change(POOL, Optional.of(Map.of("state", "paused")));
        String resumed = change(POOL, Optional.of(Map.of("state", "live")));

        Operator.Outcome refused = run("rollback", "pool/oss-20b", resumed, "--yes");

        assertThat(refused.exitCode()).isEqualTo(5);
        assertThat(refused.out()).contains("! model gpt-oss-20b: is served now");
        assertThat(refused.err()).contains("--force");
        assertThat(plain(POOL)).containsEntry("state", "live");
    }

    @Test
    void nothingIsWrittenUnlessSomebodyAgrees() throws Exception {
        String sequence = change(TARGET, Optional.of(target("degraded")));

        Operator.Outcome no =
                operator.with(ScriptedTerminal.typing(120, "n")).run("rollback", "oss-20b/a-101", sequence);

        assertThat(no.exitCode()).isEqualTo(5);
        assertThat(plain(TARGET)).containsEntry("state", "degraded");
    }

    @Test
    void whatIsNotInTheHistoryIsSaid() throws Exception {
        assertThat(run("history", "gpt-oss-21b").err()).contains("history knows no such item");
        assertThat(run("rollback", "gpt-oss-20b", "999").err()).contains("999: no change of model gpt-oss-20b");
        assertThat(run("rollback", "gpt-oss-20b", "latest").exitCode()).isEqualTo(2);
        change(CatalogKey.model("oss-20b"), Optional.of(model(1)));
        assertThat(run("history", "oss-20b").err()).contains("Models/oss-20b or Pools/oss-20b");
        assertThat(run("history", "Pools/oss-20b").exitCode()).isZero();
    }

    @Test
    void programsGetBothImages() throws Exception {
        change(MODEL, Optional.of(model(90)));

        JsonNode json = new ObjectMapper()
                .readTree(
                        run("history", "gpt-oss-20b", "--limit", "1", "--json").out());

        JsonNode entry = json.path("entries").path(0);
        assertThat(json.path("item").asText()).isEqualTo("Models/gpt-oss-20b");
        assertThat(json.path("entries")).hasSize(1);
        assertThat(entry.path("kind").asText()).isEqualTo("changed");
        assertThat(entry.path("verdict").asText()).isEqualTo("good");
        assertThat(entry.at("/before/routes/L/0/M/weight/N").asText()).isEqualTo("100");
        assertThat(entry.at("/after/routes/L/0/M/weight/N").asText()).isEqualTo("90");
        assertThat(entry.at("/fields/0/field").asText()).isEqualTo("routes");
    }

    private Operator.Outcome run(String... args) {
        return operator.with(ScriptedTerminal.piped("")).run(args);
    }

    /** Changes an item by hand, as the function would record it; the entry's number. */
    private String change(CatalogKey key, Optional<Map<String, Object>> fields) throws HistoryUnavailable {
        return record(key, fields.map(item -> Items.attributes(ItemValue.item(item))));
    }

    private String record(CatalogKey key, Optional<Map<String, AttributeValue>> fields) throws HistoryUnavailable {
        Optional<Map<String, AttributeValue>> before = item(key);
        Optional<Map<String, AttributeValue>> after = fields.map(item -> {
            Map<String, AttributeValue> whole = new HashMap<>(item);
            whole.putAll(Items.key(key));
            return whole;
        });
        after.ifPresentOrElse(
                item -> dynamo.client().putItem(put -> put.tableName(table(key)).item(item)),
                () -> dynamo.client()
                        .deleteItem(delete -> delete.tableName(table(key)).key(Items.key(key))));
        EditVerdict verdict =
                EditVerdict.alone(new EditVerdict.Change(key, before.map(Items::plain), after.map(Items::plain)));
        String sequence = Integer.toString(++changes);
        history.record(new HistoryEntry(
                new HistoryEntry.Id(key, Sequence.parse(sequence).orElseThrow()),
                new HistoryEntry.Edit(Instant.parse("2026-11-23T12:00:00Z"), Optional.empty(), Optional.empty()),
                new HistoryEntry.Images(before, after),
                verdict));
        return sequence;
    }

    private Optional<Map<String, AttributeValue>> item(CatalogKey key) {
        return Optional.of(dynamo.client()
                        .getItem(get ->
                                get.tableName(table(key)).consistentRead(true).key(Items.key(key)))
                        .item())
                .filter(item -> !item.isEmpty());
    }

    private Map<String, Object> plain(CatalogKey key) {
        return ItemValue.plain(Items.plain(item(key).orElseThrow()));
    }

    private static Map<String, Object> withKey(CatalogKey key, Map<String, Object> fields) {
        Map<String, Object> whole = new HashMap<>(fields);
        whole.putAll(key.attributes());
        return whole;
    }

    private static String table(CatalogKey key) {
        return TABLES.of(key.table());
    }

    private static Map<String, Object> model(int weight) {
        return Map.of(
                "state", "live",
                "contextLength", BigDecimal.valueOf(8_192),
                "maxOutputTokens", BigDecimal.valueOf(1_024),
                "promptFormat", "plain",
                "routes", List.of(Map.of("pool", "oss-20b", "weight", BigDecimal.valueOf(weight))));
    }

    private static Map<String, Object> target(String state) {
        return Map.of("routerUrl", "https://router-a.example", "sessionId", BigDecimal.valueOf(101), "state", state);
    }
}
