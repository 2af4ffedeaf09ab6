package network.cortensor.portal.benchmarks.edits;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.local.LocalPortal;
import network.cortensor.portal.local.LocalServing;
import network.cortensor.portal.local.LocalSettings;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.testkit.router.SessionSettings;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Pauses one of two targets under traffic, again and again, with the AWS command line and with {@code portalctl}, and reports for how long
 * requests were still sent to it; about four minutes. More customers ask than there are sessions, so some requests always wait for a slot.
 *
 * <p>The edit's moment is when the table shows it, which is before the program that made it ends.
 */
public final class EditsMain {
    private static final int EDITS = 8;
    private static final int WORKERS = 8;
    private static final int CUSTOMERS = 5;
    private static final long SESSION = 90_001;
    private static final String POOL = "edited";
    private static final String FIRST = "first";

    /** A little more than the bound. */
    private static final Duration WATCHED = Duration.ofSeconds(7);

    private static final SessionSettings PROMPT =
            SessionSettings.DEFAULT.withLatency(Duration.ofMillis(20)).withTokensPerSecond(1_000);

    private final InstantSource clock = InstantSource.system();
    private final Attempts attempts = new Attempts(clock);
    private final LocalPortal portal;

    private EditsMain(Path catalog) throws BadCatalogFile, IOException {
        portal = LocalPortal.start(new LocalSettings(
                0,
                new LocalServing.SingleEnvironments(WORKERS),
                catalog,
                PROMPT,
                Rules.production(ModelsAccess.ANYBODY),
                attempts,
                Optional.empty()));
    }

    /** @param args the catalog file */
    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            new EditsMain(Path.of(args[0])).measure();
            System.exit(0);
        } catch (BadCatalogFile e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void measure() throws IOException, InterruptedException {
        seed();
        EditedItem place = new EditedItem(portal.dynamo().url(), portal.tables().targets(), POOL, FIRST);
        try (CustomerLoad customers =
                new CustomerLoad(portal.apiUrl(), portal.firstKey().reveal(), POOL, CUSTOMERS)) {
            List<Effect> effects = new ArrayList<>();
            for (Editor editor : List.of(Editor.awsCommandLine(place), Editor.portalctl(place))) {
                if (editor.isThere()) {
                    effects.add(measure(editor));
                } else {
                    System.out.println(editor.name() + ": not on this machine, so it is left out");
                }
            }
            System.out.println(new EffectReport(effects, customers.unanswered()).markdown());
        }
    }

    private Effect measure(Editor editor) throws IOException, InterruptedException {
        Effect effect = new Effect(editor.name());
        for (int edit = 0; edit < EDITS; edit++) {
            Instant paused = edit(editor, "paused");
            Thread.sleep(WATCHED);
            effect.add(paused, attempts.between(paused, paused.plus(WATCHED)), FIRST);
            edit(editor, "live");
            Thread.sleep(WATCHED);
        }
        return effect;
    }

    /** When the table showed it. */
    private Instant edit(Editor editor, String state) throws IOException, InterruptedException {
        Instant[] shown = {Instant.MIN};
        Thread watch = Thread.ofVirtual().start(() -> shown[0] = awaitState(state));
        editor.set(state);
        watch.join();
        return shown[0];
    }

    private Instant awaitState(String state) {
        Map<String, AttributeValue> key =
                Map.of("pool", AttributeValue.fromS(POOL), "target", AttributeValue.fromS(FIRST));
        while (true) {
            Instant before = clock.instant();
            AttributeValue found = portal.dynamo()
                    .client()
                    .getItem(get -> get.tableName(portal.tables().targets())
                            .consistentRead(true)
                            .key(key))
                    .item()
                    .get("state");
            if (AttributeValue.fromS(state).equals(found)) {
                return before;
            }
            Thread.onSpinWait();
        }
    }

    private void seed() {
        for (long session = SESSION; session < SESSION + 2; session++) {
            portal.routers().router("router-a").session(session);
        }
        put(portal.tables().pools(), Map.of("pool", POOL, "state", "live"));
        put(portal.tables().targets(), target(FIRST, SESSION));
        put(portal.tables().targets(), target("second", SESSION + 1));
        put(
                portal.tables().models(),
                Map.of(
                        "alias",
                        POOL,
                        "state",
                        "live",
                        "contextLength",
                        BigDecimal.valueOf(8_192),
                        "maxOutputTokens",
                        BigDecimal.valueOf(1_024),
                        "promptFormat",
                        "plain",
                        "routes",
                        List.of(Map.of("pool", POOL, "weight", BigDecimal.ONE))));
    }

    private Map<String, Object> target(String name, long session) {
        return Map.of(
                "pool",
                POOL,
                "target",
                name,
                "routerUrl",
                String.valueOf(portal.routers().urls().get("router-a")),
                "sessionId",
                BigDecimal.valueOf(session),
                "state",
                "live");
    }

    private void put(String table, Map<String, Object> item) {
        portal.dynamo()
                .client()
                .putItem(request -> request.tableName(table).item(Items.attributes(ItemValue.item(item))));
    }
}
