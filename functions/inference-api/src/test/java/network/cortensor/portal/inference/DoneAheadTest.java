package network.cortensor.portal.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.Test;

/**
 * What was done ahead of a request and turns out not to be needed. Each case has a row in a table that is kept in git; {@code -Dportal.rewrite=true} writes it anew.
 */
class DoneAheadTest {
    private static final Path REPORT = Path.of("src", "test", "resources", "done-ahead.md");
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY =
            "{\"model\":\"cortensor\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    /**
     * Something that happens when everything in an environment's memory is too old to be used.
     *
     * @param gets the status of the customer's answer
     * @param undone what becomes of what was done ahead
     */
    private record Case(String happens, int gets, String undone, Consumer<TripRig> doing) {}

    private static final List<Case> CASES = List.of(
            new Case("nothing", 200, "all of it is used", rig -> {}),
            new Case(
                    "the key was revoked",
                    401,
                    "what was read is let go, once; the next request reads nothing",
                    rig -> rig.key(Map.of("status", "revoked"))),
            new Case(
                    "the key has got another customer",
                    200,
                    "the counters are read again, of the new customer",
                    rig -> rig.key(Map.of("customer", "umbrella"))),
            new Case("the key has got another plan", 200, "the new plan is read", rig -> {
                rig.plan("better", Map.of());
                rig.key(Map.of("plan", "better"));
            }),
            new Case(
                    "the alias leads to another pool",
                    200,
                    "pool, targets and health are read again, then the other router's slots; the old router is not connected to",
                    rig -> rig.alias("spare")),
            new Case(
                    "the target has moved to another router",
                    200,
                    "slots and credential are read again, of the new router",
                    rig -> rig.target("https://moved.example")),
            new Case(
                    "a limit has no room when the counters are looked at",
                    429,
                    "what was read is let go; for ten seconds no more than key and plan are read ahead",
                    rig -> rig.plan("free", Map.of("requestsPerWeek", BigDecimal.ONE))),
            new Case(
                    "a limit has no room when the request is to enter",
                    429,
                    "the connection is closed; no slot was taken",
                    rig -> rig.plan("free", Map.of("tokensPerWeek", BigDecimal.valueOf(100)))),
            new Case(
                    "the counters cannot be read",
                    503,
                    "the rest of what was read is let go",
                    rig -> rig.disturb("counters", Disturbance.unreachable())),
            new Case(
                    "the slots' read is throttled",
                    200,
                    "there is no connection; the request waits and looks again",
                    rig -> rig.disturb("slots", Disturbance.throttled())),
            new Case(
                    "the slots' read shows that all are taken",
                    200,
                    "there is no connection; the request waits until one is free",
                    rig -> rig.occupyNow()),
            new Case(
                    "the slot is lost after the connection stood",
                    200,
                    "the connection is closed; the request waits until a slot is free",
                    rig -> rig.when("slot put", rig::occupyNow)),
            new Case(
                    "the answer to the slot's put is lost",
                    200,
                    "the slot is deleted on condition of its owner; the connection is closed; the request looks again",
                    rig -> rig.disturb("slot put", Disturbance.answerLost())),
            new Case(
                    "the record cannot be opened after the slot was taken",
                    503,
                    "the slot is given back, the connection closed, the request leaves the counters",
                    rig -> rig.disturb("open", Disturbance.unreachable())),
            new Case(
                    "the router has no credential any more",
                    503,
                    "the slot is given back, the connection closed",
                    TripRig::withoutCredential),
            new Case(
                    "the model has got a shorter context than the request",
                    400,
                    "what was read is let go",
                    rig -> rig.context(1)));

    @Test
    void whatWasDoneAheadAndIsNotNeededIsUndoneOrExpires() throws Exception {
        StringBuilder table = new StringBuilder("""
                # What is done ahead of a request, and what becomes of it where it is not needed

                Before each case an environment has served one request, and ten minutes have passed, so that it knows names and nothing else. Trips are as in
                [trips.md](trips.md); a slot that somebody else has taken is free half a second later. Whatever happens, no slot and no request in
                flight is left behind, and nothing is sent twice.

                | meanwhile | the customer gets | what becomes of what was done ahead | trips | afterwards |
                |---|---|---|---|---|
                """);
        try (DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TripRig.TABLES)::create)) {
            int environment = 0;
            for (Case each : CASES) {
                TripRig.fill(dynamo);
                TripRig rig = new TripRig(dynamo, environment++);
                int status = rig.afterAWhile(CHAT, BODY, () -> each.doing().accept(rig));
                assertThat(status).as(each.happens()).isEqualTo(each.gets());
                assertThat(rig.slotsLeft())
                        .as("slots left where " + each.happens())
                        .isZero();
                assertThat(rig.inFlight())
                        .as("requests in flight where " + each.happens())
                        .isZero();
                assertThat(rig.connectionsLeft())
                        .as("connections left where " + each.happens())
                        .isZero();
                table.append("| %s | %d | %s | %s |\n".formatted(each.happens(), status, each.undone(), rig.text()));
            }
        }
        compare(table.toString());
    }

    private static void compare(String table) throws IOException {
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(REPORT, table);
        }
        assertThat(table).isEqualTo(Files.readString(REPORT));
    }
}
