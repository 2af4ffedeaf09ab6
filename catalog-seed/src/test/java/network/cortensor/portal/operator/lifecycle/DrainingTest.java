package network.cortensor.portal.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.Operator.Outcome;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What {@code drain --wait} says of targets with and without slots, in virtual time: a pause is over at once and moves the clock on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainingTest {
    private static final TableNames TABLES = TableNames.prefixed("Drain");
    /** In a future that DynamoDB Local does not reach: it deletes by itself what has expired. */
    private static final Instant BEGUN = Instant.parse("2099-11-29T12:00:00Z");

    private static final String CATALOG = """
        models:
          m: {state: live, contextLength: 10, maxOutputTokens: 5, promptFormat: plain, routes: [{pool: p, weight: 1}], fallbackPools: [spare]}
        pools:
          p: {state: live, totalSeconds: 30, attemptSeconds: 20}
          spare: {state: live}
        targets:
          p:
            server: {routerUrl: "https://server.example", protocol: openai, upstreamModel: m, capacity: unlimited, state: live}
            session: {routerUrl: "https://router.example:5010", sessionId: 7, state: live}
          spare:
            other: {routerUrl: "https://router.example:5010", sessionId: 8, state: live}
        """;

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);

    @TempDir
    private Path folder;

    private Instant now = BEGUN;
    private Consumer<Instant> eachSecond = then -> {};

    @BeforeEach
    void catalog() throws Exception {
        now = BEGUN;
        eachSecond = then -> {};
        Path file = Files.writeString(folder.resolve("c.yaml"), CATALOG);
        assertThat(run("apply", "--yes", file.toString()).exitCode()).isZero();
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private Outcome run(String... args) {
        return Operator.at(dynamo.url(), "Drain")
                .waiting(() -> now, this::pass)
                .with(ScriptedTerminal.piped(""))
                .run(args);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
        assertThat(waited()).isLessThan(Duration.ofHours(1));
        eachSecond.accept(now);
    }

    private Duration waited() {
        return Duration.between(BEGUN, now);
    }

    @Test
    void whereThereAreSlotsItReturnsWhenTheEditIsKnownAndNoneIsTaken() {
        Outcome outcome = run("drain", "p/session", "--wait");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err().lines())
                .containsExactly(
                        "drain: none in flight; waiting until the edit is known everywhere",
                        "drain: drained after 10 s");
    }

    @Test
    void whereThereAreNoneItWaitsForTheLongestPossibleRequestAndSaysSo() {
        Outcome outcome = run("drain", "p/server", "--wait");

        assertThat(outcome.exitCode()).isZero();
        assertThat(waited()).isEqualTo(Duration.ofSeconds(10 + 30));
        assertThat(outcome.err().lines())
                .containsExactly(
                        "drain: no slots to look at on targets of unlimited capacity; waiting for the longest possible"
                                + " request; all are over in 40 s at the latest",
                        "drain: drained after 40 s");
        assertThat(run("status").out())
                .contains("set on the target; takes no slots, so what is in flight is not known");
    }

    @Test
    void aPoolOfBothWaitsForBothAndSaysEachThingOnce() {
        slot("router.example:5010", "7#1", BEGUN.plusSeconds(200));
        eachSecond = then -> {
            if (then.equals(BEGUN.plusSeconds(20))) {
                release("router.example:5010", "7#1");
            }
        };

        Outcome outcome = run("drain", "pool/p", "--wait");

        assertThat(waited()).isEqualTo(Duration.ofSeconds(10 + 30));
        assertThat(outcome.err().lines())
                .containsExactly(
                        "drain: 1 in flight on router.example:5010; all are over in 3 min at the latest",
                        "drain: no slots to look at on targets of unlimited capacity; waiting for the longest possible"
                                + " request; all are over in 20 s at the latest",
                        "drain: drained after 40 s");
    }

    @Test
    void aTargetWhoseItemIsBadIsNotSaidToBeDrained() {
        dynamo.client()
                .updateItem(update -> update.tableName(TABLES.targets())
                        .key(Map.of("pool", AttributeValue.fromS("p"), "target", AttributeValue.fromS("session")))
                        .updateExpression("SET sessionId = :bad")
                        .expressionAttributeValues(Map.of(":bad", AttributeValue.fromS("seven"))));

        for (String item : List.of("p/session", "pool/p", "model/m")) {
            Outcome outcome = run("drain", item, "--wait", "--force");

            assertThat(outcome.exitCode()).as(item).isEqualTo(1);
            assertThat(outcome.err())
                    .contains("target p/session: is draining, but its item is bad")
                    .contains("its session and what is in flight there are not known");
        }
    }

    /** It says nothing of what is in flight, and would be waited for until 2109. */
    @Test
    void aSlotThatNoRequestWillGiveBackIsNotWaitedFor() {
        slot("router.example:5010", "7#0", BEGUN.plus(Duration.ofDays(3650)));

        Outcome outcome = run("drain", "p/session", "--wait");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("slot router.example:5010 7#0: expiresAt: 2109-")
                .contains("is draining, but what is in flight there is not known (expected: no such slot");
        assertThat(waited()).isZero();
        release("router.example:5010", "7#0");
    }

    @Test
    void aModelThatSharesAPoolIsNotDrainedWhereItsEndIsToBeWaitedFor() throws Exception {
        Path shared = Files.writeString(
                folder.resolve("shared.yaml"), CATALOG.replaceFirst("(?m)^  m: (.*)$", "  m: $1\n  n: $1"));
        assertThat(run("apply", "--yes", shared.toString()).exitCode()).isZero();

        Outcome outcome = run("drain", "model/m", "--wait", "--force");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo("model m: shares pool p with model n, whose requests cannot be told apart, so nothing was"
                        + " written (expected: --wait for a pool or target, or no --wait)\n");
        assertThat(run("export").out()).doesNotContain("draining");

        Outcome both = run("drain", "model/m", "model/n", "--wait", "--force");
        assertThat(both.exitCode()).as(both.err()).isZero();
        Path alone = Files.writeString(folder.resolve("alone.yaml"), CATALOG);
        assertThat(run("apply", "--prune", "--yes", "--force", alone.toString()).exitCode())
                .isZero();
    }

    /** What is said on the way is said once: a log that keeps it has a line for each change, and none for each second. */
    @Test
    void progressIsSaidWhenItChangesAndNotWhenTimePasses() {
        slot("router.example:5010", "7#0", BEGUN.plusSeconds(120));
        slot("router.example:5010", "7#1", BEGUN.plusSeconds(200));
        eachSecond = then -> {
            if (then.equals(BEGUN.plusSeconds(30))) {
                release("router.example:5010", "7#1");
            }
            if (then.equals(BEGUN.plusSeconds(31))) {
                slot("router.example:5010", "7#0", BEGUN.plusSeconds(121));
            }
            if (then.equals(BEGUN.plusSeconds(50))) {
                release("router.example:5010", "7#0");
            }
        };

        Outcome outcome = run("drain", "p/session", "--wait");

        assertThat(outcome.err().lines())
                .containsExactly(
                        "drain: 2 in flight on router.example:5010; all are over in 3 min at the latest",
                        "drain: 1 in flight on router.example:5010; all are over in 90 s at the latest",
                        "drain: drained after 50 s");
    }

    private void slot(String router, String slot, Instant end) {
        dynamo.client()
                .putItem(put -> put.tableName(TABLES.sessionSlots())
                        .item(Map.of(
                                "router", AttributeValue.fromS(router),
                                "slot", AttributeValue.fromS(slot),
                                "owner", AttributeValue.fromS("0123456789abcdef0123456789abcdef"),
                                "takenAt", AttributeValue.fromS(BEGUN.toString()),
                                "expiresAt", AttributeValue.fromN(Long.toString(end.getEpochSecond())))));
    }

    private void release(String router, String slot) {
        dynamo.client()
                .deleteItem(delete -> delete.tableName(TABLES.sessionSlots())
                        .key(Map.of("router", AttributeValue.fromS(router), "slot", AttributeValue.fromS(slot))));
    }
}
