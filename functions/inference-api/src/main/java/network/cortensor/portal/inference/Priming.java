package network.cortensor.portal.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import network.cortensor.portal.api.Parts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.inference.Assembly.Stores;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.KeyHolder;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.JsonJournal;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.MemoryUsageTable;

/**
 * Runs a canned request through the whole path, with a catalog, slots and a router in memory: whatever it loads is in the snapshot, and
 * nothing of it is a secret, a connection or a random number that a restored worker would use.
 */
final class Priming {
    private static final String EVENT = "/priming.json";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final KeyHolder CANNED_HOLDER =
            new KeyHolder("canned", "canned", new Plan("canned", Limits.NONE, Limits.NONE), new AllowedModels.All());

    private Priming() {}

    /** @param tokens the counter that the function will use; its vocabulary is large */
    static void run(TokenCounter tokens) throws IOException, InterruptedException {
        tokens.prime();
        InstantSource clock = InstantSource.system();
        Assembly assembly = new Assembly(
                new Stores(
                        new CannedCatalog(clock),
                        new MemorySlotTable(),
                        Witness.NONE,
                        new Keys("local", hash -> new KeyVerdict.Known(CANNED_HOLDER)),
                        new MemoryUsageTable()),
                (target, request, times) -> new CannedCall(),
                Rules.production(ModelsAccess.KEY_HOLDERS),
                new Surroundings(
                        new JsonJournal(
                                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                                clock,
                                Emitter.unversioned("priming")),
                        clock,
                        tokens,
                        new WorkerEnd()),
                new SecureRandom());
        Instant now = clock.instant();
        assembly.handler().api().handle(event(), now, now.plus(PATIENCE), Priming::answer);
    }

    /** Anything else than an answer would leave most of the path unprimed without a word. */
    private static OutputStream answer(int status, Map<String, String> headers) {
        if (status != 200) {
            throw new IllegalStateException(EVENT + " was answered with " + status + " (expected: 200)");
        }
        return OutputStream.nullOutputStream();
    }

    private static byte[] event() throws IOException {
        try (InputStream event = Priming.class.getResourceAsStream(EVENT)) {
            if (event == null) {
                throw new IllegalStateException(EVENT + " is not in the package");
            }
            return event.readAllBytes();
        }
    }
}
