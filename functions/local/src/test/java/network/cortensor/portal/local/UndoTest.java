package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.catalog.CatalogKey;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import org.junit.jupiter.api.Test;

/** An operator's mistake and its repair on the running product: the whole circle from the table's stream to the table. */
class UndoTest {
    private static final String ALIAS = "mistaken";
    private static final long SESSION = 85_001;

    @Test
    void aBadEditByHandIsFoundInTheHistoryAndUndoneAndThatIsInTheHistoryToo() throws Exception {
        try (FastPortal fast = new FastPortal(1);
                HttpClient client = HttpClient.newHttpClient()) {
            fast.portal().routers().router("router-a").session(SESSION);
            fast.alias(ALIAS, Map.of(), Map.of("only", fast.onRouterA(SESSION, "live")));
            Recorded recorded = new Recorded(fast);
            CatalogKey target = CatalogKey.target(ALIAS, "only");
            recorded.await(target, 1);
            Map<String, Object> mistake = new HashMap<>(fast.onRouterA(SESSION, "Live"));
            mistake.putAll(Map.of("pool", ALIAS, "target", "only", "weight", BigDecimal.TEN));
            fast.put(fast.portal().tables().targets(), mistake);
            HistoryEntry bad = recorded.await(target, 2).getFirst();
            assertThat(ask(fast, client)).isEqualTo("503 model_unavailable");

            String undone = portalctl(
                    fast, "rollback", ALIAS + "/only", bad.id().sequence().toString(), "--yes", "--by", "ana");

            assertThat(undone).contains("1 change written");
            List<HistoryEntry> entries = recorded.await(target, 3);
            assertThat(entries.getFirst().edit().by()).contains("ana");
            assertThat(entries.getFirst().verdict().bad()).isFalse();
            assertThat(portalctl(fast, "history", ALIAS + "/only").lines())
                    .anyMatch(line -> line.contains("ana") && line.contains("state: Live → live"));
            awaitAnswer(fast, client);
        }
    }

    /** Asks until it is so: workers remember for 5 s what they have read. */
    private static void awaitAnswer(FastPortal fast, HttpClient client) throws Exception {
        Instant patience = Instant.now().plusSeconds(30);
        while (Instant.now().isBefore(patience) && !ask(fast, client).equals("answer")) {
            Thread.onSpinWait();
        }
        assertThat(ask(fast, client)).isEqualTo("answer");
    }

    private static String ask(FastPortal fast, HttpClient client) throws Exception {
        String text = "is anybody there";
        return CustomerCall.outcome(
                CustomerCall.post(
                        client,
                        URI.create(fast.portal().apiUrl() + "/chat/completions"),
                        "{\"model\":\"" + ALIAS + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                                + "\"}]}"),
                text);
    }

    private static String portalctl(FastPortal fast, String... args) {
        PipedTerminal terminal = new PipedTerminal();
        int exitCode = new Tool(fast.portal()).run(terminal, args);
        assertThat(exitCode).as(terminal.complained()).isZero();
        return terminal.written();
    }
}
