package network.cortensor.portal.operator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.dynamo.Items;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.dynamo.TableSchema;
import network.cortensor.portal.dynamo.keys.DynamoKeys;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.memory.RememberedKeys;
import network.cortensor.portal.operator.Operator;
import network.cortensor.portal.operator.Operator.Outcome;
import network.cortensor.portal.operator.console.ScriptedTerminal;
import network.cortensor.portal.operator.frame.CommandStopped;
import network.cortensor.portal.operator.frame.Edit;
import network.cortensor.portal.operator.frame.ExitCode;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.DynamoLocal;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Keys and plans by command, judged by what the function that serves customers makes of the table afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyCommandsTest {
    private static final String PREFIX = "KeyTool";
    private static final TableNames TABLES = TableNames.prefixed(PREFIX);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DynamoLocal dynamo = DynamoLocal.startWith(new TableSchema(TABLES)::create);
    private final Operator operator = Operator.at(dynamo.url(), PREFIX);

    @BeforeEach
    void onePlan() {
        dynamo.client()
                .scan(scan -> scan.tableName(TABLES.apiKeys()))
                .items()
                .forEach(item -> dynamo.client().deleteItem(delete -> {
                    Map<String, AttributeValue> key = new HashMap<>(item);
                    key.keySet().retainAll(Set.of("keyHash"));
                    delete.tableName(TABLES.apiKeys()).key(key);
                }));
        good(
                "plan",
                "set",
                "free",
                "--requests-per-minute",
                "20",
                "--requests-per-week",
                "unlimited",
                "--tokens-per-week",
                "1000000",
                "--requests-in-flight",
                "2");
    }

    @AfterAll
    void stop() {
        dynamo.close();
    }

    private Outcome good(String... args) {
        Outcome outcome = run(args);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    private Outcome run(String... args) {
        return operator.with(ScriptedTerminal.piped("")).run(args);
    }

    private JsonNode json(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--json");
        return parsed(run(all.toArray(String[]::new)).out());
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private KeyText create(String... more) {
        List<String> args = new ArrayList<>(List.of("keys", "create", "--customer", "acme"));
        args.addAll(List.of(more));
        String key = json(args.toArray(String[]::new)).path("key").asText();
        return KeyText.read(key).orElseThrow(() -> new AssertionError("no key: " + key));
    }

    private String id(KeyText key) {
        return String.valueOf(item(key).get("keyId"));
    }

    private Map<String, Object> item(KeyText key) {
        return ItemValue.plain(Items.plain(dynamo.client()
                .getItem(get -> get.tableName(TABLES.apiKeys())
                        .key(Map.of("keyHash", AttributeValue.fromS(key.hash().hex()))))
                .item()));
    }

    private void put(Map<String, Object> item) {
        dynamo.client().putItem(put -> put.tableName(TABLES.apiKeys()).item(Items.attributes(ItemValue.item(item))));
    }

    /** What a worker that remembers nothing says, at a time from now. */
    private KeyVerdict verdict(KeyText key, Duration later) {
        Instant then = Instant.now().plus(later);
        return new RememberedKeys(new DynamoKeys(dynamo.client(), TABLES, problems -> {}), problems -> {}, () -> then)
                .find(key.hash());
    }

    private Customer customer(KeyText key) {
        assertThat(verdict(key, Duration.ZERO)).isInstanceOf(KeyVerdict.Known.class);
        return ((KeyVerdict.Known) verdict(key, Duration.ZERO)).customer();
    }

    @Test
    void aNewKeyWorksAtOnce() {
        KeyText key = create("--models", "gpt-oss-20b,gemma-4-26b", "--expires", "90d", "--note", "for the pilot");

        assertThat(key.environment()).isEqualTo("local");
        Customer customer = customer(key);
        assertThat(customer.keyId()).matches("key-[0-9a-f]{16}");
        assertThat(customer.customer()).isEqualTo("acme");
        assertThat(customer.plan().name()).isEqualTo("free");
        assertThat(customer.plan().customer().requestsPerMinute()).isEqualTo(OptionalLong.of(20));
        assertThat(customer.models()).isEqualTo(new AllowedModels.Only(Set.of("gpt-oss-20b", "gemma-4-26b")));
        assertThat(verdict(key, Duration.ofDays(89))).isInstanceOf(KeyVerdict.Known.class);
        assertThat(verdict(key, Duration.ofDays(91))).isEqualTo(new KeyVerdict.Unknown());
        assertThat(item(key))
                .containsEntry("note", "for the pilot")
                .containsEntry("createdBy", "alice")
                .containsEntry("updatedBy", "alice")
                .containsKeys("createdAt", "updatedAt", "reason");
    }

    @Test
    void aKeyIsShownOnceAndNeverAgain() {
        Outcome made = good("keys", "create", "--customer", "acme");
        String key = made.out()
                .lines()
                .findFirst()
                .orElseThrow()
                .substring("key".length())
                .strip();
        KeyText text = KeyText.read(key).orElseThrow();

        assertThat(made.out()).containsOnlyOnce("ctk_");
        assertThat(made.err()).contains("cannot be shown again").doesNotContain("ctk_");
        String later = good("keys", "list").out()
                + good("keys", "list", "--json").out()
                + good("keys", "show", id(text)).out()
                + good("keys", "show", id(text), "--json").out()
                + dynamo.client().scan(scan -> scan.tableName(TABLES.apiKeys())).items();
        assertThat(later).doesNotContain("ctk_", key.substring(10, 20), key.substring(20, 30), key.substring(40, 53));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--plan gold | plan gold: there is none",
                "--customer Acme_Inc | customer: \"Acme_Inc\" (expected: [a-z0-9]",
                "--models GPT | allowedModels: a list of 1 (expected: a list of names",
                "--expires soon | --expires: \"soon\" (expected: 90d, 2027-01-31 or",
                "--expires 2027-13-01 | --expires: \"2027-13-01\" (expected:",
            })
    void anOrderThatCannotBeFilledMakesNoKey(String option, String complaint) {
        List<String> args = new ArrayList<>(List.of("keys", "create"));
        if (!option.startsWith("--customer")) {
            args.addAll(List.of("--customer", "acme"));
        }
        args.addAll(List.of(option.strip().split(" ", 2)));

        Outcome outcome = run(args.toArray(String[]::new));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(complaint).doesNotContain("Exception");
        assertThat(json("keys", "list", "--all").path("keys")).isEmpty();
    }

    @Test
    void noKeyIsMadeOnAPlanThatSomebodyBrokeByHand() {
        put(Map.of("keyHash", "plan#free", "requestsPerMinute", "many"));

        Outcome outcome = run("keys", "create", "--customer", "acme");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("plan free: requestsPerMinute: \"many\" (expected: a whole number");
    }

    @Test
    void aRevokedKeyIsUnknownForGood() {
        KeyText key = create();
        KeyText other = create();

        assertThat(good("keys", "revoke", id(key), "--reason", "lost laptop").out())
                .contains(id(key) + " revoked");

        assertThat(verdict(key, Duration.ZERO)).isEqualTo(new KeyVerdict.Unknown());
        assertThat(verdict(other, Duration.ZERO)).isInstanceOf(KeyVerdict.Known.class);
        assertThat(item(key)).containsEntry("reason", "lost laptop");
        assertThat(good("keys", "revoke", id(key)).out()).contains(id(key) + " was revoked before");
        assertThat(item(key)).containsEntry("reason", "lost laptop");
        assertThat(run("keys", "rotate", id(key)).exitCode()).isEqualTo(2);
    }

    @Test
    void whereOneOfTheKeysIsUnknownNoneIsRevoked() {
        KeyText key = create();

        Outcome outcome = run("keys", "revoke", id(key), "key-none");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("key key-none: there is none");
        customer(key);
    }

    @Test
    void aRotatedKeyEndsAfterTheOverlapAndItsSuccessorMayDoTheSame() {
        KeyText old = create("--models", "gpt-oss-20b", "--note", "pilot");

        JsonNode made = json("keys", "rotate", id(old), "--overlap", "12h");

        KeyText successor = KeyText.read(made.path("key").asText()).orElseThrow();
        assertThat(customer(successor).models()).isEqualTo(customer(old).models());
        assertThat(customer(successor).customer()).isEqualTo("acme");
        assertThat(id(successor)).isNotEqualTo(id(old));
        assertThat(item(successor)).containsEntry("note", "pilot").doesNotContainKey("expiry");
        assertThat(item(old)).containsEntry("successor", id(successor));
        assertThat(verdict(old, Duration.ofHours(11))).isInstanceOf(KeyVerdict.Known.class);
        assertThat(verdict(old, Duration.ofHours(13))).isEqualTo(new KeyVerdict.Unknown());
        assertThat(verdict(successor, Duration.ofHours(13))).isInstanceOf(KeyVerdict.Known.class);
    }

    @Test
    void aKeyInWrongHandsEndsAtOnce() {
        KeyText old = create();

        json("keys", "rotate", id(old), "--overlap", "0s");

        assertThat(verdict(old, Duration.ZERO)).isEqualTo(new KeyVerdict.Unknown());
    }

    /** Rotation must not be a way to a longer life. */
    @Test
    void neitherTheOldNorTheNewKeyOutlivesTheExpiryOfTheOld() {
        KeyText old = create("--expires", "2h");

        KeyText successor = KeyText.read(json("keys", "rotate", id(old), "--overlap", "7d")
                        .path("key")
                        .asText())
                .orElseThrow();

        for (KeyText key : List.of(old, successor)) {
            assertThat(verdict(key, Duration.ofHours(1))).isInstanceOf(KeyVerdict.Known.class);
            assertThat(verdict(key, Duration.ofHours(3))).isEqualTo(new KeyVerdict.Unknown());
        }
    }

    @ParameterizedTest
    @CsvSource({"1d, 7d", "7d, 1d", "30d, 0s", "1d, 1d"})
    void whatIsPrintedOfBothKeysIsWhatWasWritten(String expires, String overlap) {
        KeyText old = create("--expires", expires, "--models", "gpt-oss-20b,gemma-4-26b", "--note", "pilot");

        JsonNode made = json("keys", "rotate", id(old), "--overlap", overlap);

        assertThat(made.path("replaces").asText()).isEqualTo(id(old));
        assertThat(made.path("oldEnds").asText()).isEqualTo(item(old).get("expiry"));
        isWrittenAsPrinted(made);
    }

    private void isWrittenAsPrinted(JsonNode made) {
        Map<String, Object> written =
                item(KeyText.read(made.path("key").asText()).orElseThrow());
        for (String field : List.of("keyId", "customer", "plan", "allowedModels", "expiry", "note")) {
            assertThat(JSON.convertValue(made.path(field), Object.class))
                    .as(field)
                    .isEqualTo(written.get(field));
        }
    }

    @Test
    void whatIsPrintedOfANewKeyIsWhatWasWritten() {
        JsonNode made =
                json("keys", "create", "--customer", "acme", "--models", "a,b", "--expires", "90d", "--note", "a  b");

        isWrittenAsPrinted(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "2020-01-31", "2026-01-31T12:00:00Z"})
    void aKeyThatWouldNeverWorkIsNotMade(String expires) {
        Outcome outcome = run("keys", "create", "--customer", "acme", "--expires", expires);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("--expires: \"" + expires + "\" is over (expected: a time to come)\n");
        assertThat(keys()).isZero();
    }

    /** A key whose text was left out by mistake could not be shown again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys create --customer acme",
                "keys rotate ID",
                "keys revoke ID",
                "plan set free --requests-per-minute 7"
            })
    void fieldsThatTheResultDoesNotHaveAreRefusedBeforeAnythingIsWritten(String command) {
        KeyText key = create();
        List<Map<String, AttributeValue>> before = rows();

        Outcome outcome = run((command.replace("ID", id(key)) + " --json --fields keyid").split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--fields: keyid: unknown (expected: some of ");
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void aFieldThatTheResultMightHaveIsNullWhereItHasNone() {
        JsonNode made = json("keys", "create", "--customer", "acme", "--fields", "key,expiry");

        assertThat(made.path("expiry").isNull()).isTrue();
        assertThat(KeyText.read(made.path("key").asText())).isPresent();
    }

    private List<Map<String, AttributeValue>> rows() {
        return dynamo.client().scan(scan -> scan.tableName(TABLES.apiKeys())).items();
    }

    @Test
    void noSuccessorIsMadeOfAKeyThatIsRevokedAtThisMoment() {
        KeyText old = create();
        KeyRegister register = register(whileItIsWritten(() -> good("keys", "revoke", id(old))));

        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(() -> register.rotate(id(old), Duration.ofDays(7), EDIT))
                .withMessageContaining("has been changed meanwhile, so nothing was written")
                .extracting(CommandStopped::exitCode)
                .isEqualTo(ExitCode.CONFLICT);
        assertThat(item(old)).containsEntry("status", "revoked").doesNotContainKeys("expiry", "successor");
        assertThat(keys()).isEqualTo(1);
    }

    @Test
    void noKeyIsMadeOnAPlanThatIsDeletedAtThisMoment() {
        KeyRegister register = register(whileItIsWritten(() -> dynamo.client()
                .deleteItem(delete ->
                        delete.tableName(TABLES.apiKeys()).key(Map.of("keyHash", AttributeValue.fromS("plan#free"))))));

        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(() -> register.create(KeyOrder.of("acme", "free"), EDIT))
                .withMessageContaining("plan free: has been deleted meanwhile, so no key was made");
        assertThat(keys()).isZero();
    }

    @Test
    void severalKeysAreRevokedTogetherOrNotAtAll() {
        KeyText one = create();
        KeyText two = create();
        KeyRegister register = register(whileItIsWritten(() -> dynamo.client()
                .deleteItem(delete -> delete.tableName(TABLES.apiKeys())
                        .key(Map.of("keyHash", AttributeValue.fromS(two.hash().hex()))))));

        List<String> ids = List.of(id(one), id(two));
        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(() -> register.revoke(ids, EDIT))
                .withMessageContaining("so none was revoked");
        assertThat(item(one)).containsEntry("status", "active");
    }

    @Test
    void moreThanATransactionHoldsAreRevokedInSeveralAndTheMessageSaysHowMany() throws CommandStopped {
        List<String> ids = new ArrayList<>();
        KeyRegister plain = register(dynamo.client());
        for (int n = 0; n < 101; n++) {
            ids.add(plain.create(KeyOrder.of("acme", "free"), EDIT).keyId());
        }
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        AtomicInteger writes = new AtomicInteger();
        faulty.plan(request -> request instanceof TransactWriteItemsRequest && writes.incrementAndGet() == 2
                ? new Disturbance.Fails(cancelled("ConditionalCheckFailed"))
                : Disturbance.NONE);

        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(() -> register(faulty.client()).revoke(ids, EDIT))
                .withMessageContaining("so only 100 of 101 was revoked");
        assertThat(plain.revoke(ids, EDIT)).hasSize(1);
    }

    /** What somebody writes at the same moment is over in the next; what DynamoDB refuses for its own reasons is nobody's edit. */
    @Test
    void aCancelledTransactionIsSomebodyElsesEditOnlyIfAConditionFailed() throws CommandStopped {
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        AtomicInteger writes = new AtomicInteger();
        faulty.plan(request -> request instanceof TransactWriteItemsRequest && writes.incrementAndGet() == 1
                ? new Disturbance.Fails(cancelled("TransactionConflict"))
                : Disturbance.NONE);
        KeyRegister register = register(faulty.client());

        register.create(KeyOrder.of("acme", "free"), EDIT);
        assertThat(writes).hasValue(2);

        faulty.plan(request -> request instanceof TransactWriteItemsRequest
                ? new Disturbance.Fails(cancelled("ThrottlingError"))
                : Disturbance.NONE);
        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(() -> register.create(KeyOrder.of("acme", "free"), EDIT))
                .withMessageContaining("ThrottlingError")
                .withMessageContaining("so nothing was written")
                .extracting(CommandStopped::exitCode)
                .isEqualTo(ExitCode.AWS);
    }

    @Test
    void ofAWriteWithoutAnAnswerItIsSaidThatItMayHaveHappened() throws CommandStopped {
        KeyText old = create();
        String free = "free";
        List<Consumer<KeyRegister>> commands = List.of(
                register -> stops(() -> register.create(KeyOrder.of("acme", free), EDIT)),
                register -> stops(() -> register.rotate(id(old), Duration.ofDays(7), EDIT)),
                register -> stops(() -> register.revoke(List.of(id(old)), EDIT)));
        for (Consumer<KeyRegister> command : commands) {
            FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
            faulty.plan(request ->
                    request instanceof TransactWriteItemsRequest ? Disturbance.answerLost() : Disturbance.NONE);

            command.accept(register(faulty.client()));
        }
        assertThat(keys()).as("that is what happened").isEqualTo(3);
        assertThat(item(old)).containsEntry("status", "revoked");
    }

    private static void stops(ThrowingCallable command) {
        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(command)
                .withMessageContaining("whether the last write happened is not known")
                .extracting(CommandStopped::exitCode)
                .isEqualTo(ExitCode.AWS);
    }

    @Test
    void ofRevocationsThatAwsRefusesInTheMiddleItIsSaidHowManyWereMade() throws CommandStopped {
        List<String> ids = new ArrayList<>();
        KeyRegister plain = register(dynamo.client());
        for (int n = 0; n < 101; n++) {
            ids.add(plain.create(KeyOrder.of("acme", "free"), EDIT).keyId());
        }
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        AtomicInteger writes = new AtomicInteger();
        faulty.plan(request -> request instanceof TransactWriteItemsRequest && writes.incrementAndGet() == 2
                ? Disturbance.throttled()
                : Disturbance.NONE);

        assertThatExceptionOfType(CommandStopped.class)
                .isThrownBy(() -> register(faulty.client()).revoke(ids, EDIT))
                .withMessageContaining("so only 100 of 101 was written");
    }

    @Test
    void aPlanThatTwoChangeAtOnceIsToldAsItWasWritten() throws CommandStopped {
        PlanRegister plans = new PlanRegister(
                whileItIsWritten(() -> good("plan", "set", "free", "--requests-in-flight", "5")), TABLES.apiKeys());

        Map<String, Object> told = ItemValue.plain(
                plans.set("free", ItemValue.item(Map.of("requestsPerMinute", BigDecimal.valueOf(30))), EDIT));

        assertThat(told)
                .containsEntry("requestsInFlight", BigDecimal.valueOf(5))
                .containsEntry("requestsPerMinute", BigDecimal.valueOf(30))
                .containsEntry("updatedBy", "bob");
        Map<String, Object> written = ItemValue.plain(Items.plain(dynamo.client()
                .getItem(get ->
                        get.tableName(TABLES.apiKeys()).key(Map.of("keyHash", AttributeValue.fromS("plan#free"))))
                .item()));
        written.remove("keyHash");
        told.remove("keyHash");
        assertThat(told).isEqualTo(written);
    }

    private static final Edit EDIT = new Edit(Instant.parse("2026-11-29T12:00:00Z"), "bob", "test");

    private static KeyRegister register(DynamoDbClient client) {
        return new KeyRegister(
                "local",
                client,
                TABLES.apiKeys(),
                RandomGeneratorFactory.of("SecureRandom").create());
    }

    private long keys() {
        return dynamo.client().scan(scan -> scan.tableName(TABLES.apiKeys())).items().stream()
                .filter(item -> !item.getOrDefault("keyHash", AttributeValue.fromS(""))
                        .s()
                        .startsWith("plan#"))
                .count();
    }

    /** Between what is read and the first transaction somebody else does this. */
    private DynamoDbClient whileItIsWritten(Runnable meanwhile) {
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamo.client());
        AtomicBoolean done = new AtomicBoolean();
        faulty.plan(request -> request instanceof TransactWriteItemsRequest && !done.getAndSet(true)
                ? new Disturbance.Waits(meanwhile)
                : Disturbance.NONE);
        return faulty.client();
    }

    private static TransactionCanceledException cancelled(String reason) {
        return TransactionCanceledException.builder()
                .cancellationReasons(
                        CancellationReason.builder().code("None").build(),
                        CancellationReason.builder().code(reason).build())
                .message("Transaction cancelled [None, " + reason + "]")
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "7", "-1d", "1w", ""})
    void anOverlapIsASpan(String overlap) {
        KeyText old = create();

        Outcome outcome = run("keys", "rotate", id(old), "--overlap=" + overlap);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--overlap: ");
        assertThat(json("keys", "list").path("keys")).hasSize(1);
    }

    @Test
    void keysAreListedByCustomerWithWhatTheyAreGoodFor() {
        String acme = id(create("--models", "gpt-oss-20b"));
        String revoked = id(create());
        String globex =
                json("keys", "create", "--customer", "globex").path("keyId").asText();
        good("keys", "revoke", revoked);

        assertThat(good("keys", "list").out().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("KEY", acme, globex);
        assertThat(good("keys", "list", "--customer", "globex").out())
                .contains(globex)
                .doesNotContain(acme);
        JsonNode all = json("keys", "list", "--all", "--customer", "acme");
        assertThat(all.path("keys").findValuesAsText("standing")).containsExactlyInAnyOrder("active", "revoked");
        assertThat(good("keys", "list").out()).contains("gpt-oss-20b", "all", "active", "acme", "free");
    }

    @Test
    void whatSomebodyBrokeByHandIsListedAsBrokenWithTheReason() {
        KeyText key = create();
        Map<String, Object> item = new HashMap<>(item(key));
        item.put("expiry", "next year");
        put(item);

        Outcome outcome = run("keys", "list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("broken");
        assertThat(outcome.err()).contains("key " + id(key) + ": expiry: \"next year\" (expected: a time as");
        assertThat(verdict(key, Duration.ZERO)).isEqualTo(new KeyVerdict.Unavailable());
    }

    @Test
    void aKeyIsShownWithItsPlan() {
        KeyText key = create("--note", "for the pilot");

        assertThat(good("keys", "show", id(key)).out())
                .contains("customer", "acme", "standing", "active", "for the pilot", "requestsPerMinute", "20");
        assertThat(json("keys", "show", id(key))
                        .path("limits")
                        .path("requestsInFlight")
                        .asInt())
                .isEqualTo(2);
    }

    /** A customer writes: my key does not work. */
    @Test
    void aKeyIsFoundByTheTextThatItsCustomerSent() {
        KeyText key = create();

        Outcome found =
                operator.with(ScriptedTerminal.piped(key.reveal() + "\n")).run("keys", "show", "-");
        assertThat(found.out()).contains(id(key)).doesNotContain("ctk_");

        Outcome mistyped = operator.with(ScriptedTerminal.piped(key.reveal().replace("ctk_local_", "ctk_local_x")))
                .run("keys", "show", "-");
        assertThat(mistyped.exitCode()).isEqualTo(1);
        assertThat(mistyped.err()).contains("its form or its checksum is wrong");

        Outcome foreign = operator.with(ScriptedTerminal.piped(made("prod"))).run("keys", "show", "-");
        assertThat(foreign.err()).contains("a key of the environment prod (expected: local)");

        Outcome nobodys = operator.with(ScriptedTerminal.piped(made("local"))).run("keys", "show", "-");
        assertThat(nobodys.err()).contains("nobody's").doesNotContain("ctk_local");
    }

    private static String made(String environment) {
        return KeyText.make(
                        environment,
                        RandomGeneratorFactory.of("L64X128MixRandom").create(9))
                .reveal();
    }

    @Test
    void aKeysTextIsNotTakenFromTheCommandLine() {
        Outcome outcome = run("keys", "show", made("local"));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("has no place on a command line").doesNotContain("ctk_local");
    }

    @Test
    void aNewPlanSaysEveryLimit() {
        Outcome outcome = run("plan", "set", "team", "--requests-per-minute", "60");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("plan team: requestsPerWeek: missing", "tokensPerWeek: missing", "requestsInFlight: missing");
        assertThat(run("plan", "show", "team").exitCode()).isEqualTo(2);
    }

    @Test
    void onlyWhatIsSaidOfAPlanChanges() {
        KeyText key = create();
        good("plan", "set", "free", "--requests-per-minute", "30", "--key-tokens-per-week", "500");

        Customer customer = customer(key);

        assertThat(customer.plan().customer().requestsPerMinute()).isEqualTo(OptionalLong.of(30));
        assertThat(customer.plan().customer().tokensPerWeek()).isEqualTo(OptionalLong.of(1_000_000));
        assertThat(customer.plan().customer().requestsPerWeek()).isEmpty();
        assertThat(customer.plan().key().tokensPerWeek()).isEqualTo(OptionalLong.of(500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "9999999999999999"})
    void aLimitIsANumberOrUnlimited(String limit) {
        Outcome outcome = run("plan", "set", "free", "--requests-per-minute=" + limit);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("plan free: requestsPerMinute: ");
        assertThat(json("plan", "show", "free").path("requestsPerMinute").asInt())
                .isEqualTo(20);
    }

    @Test
    void nothingToSetIsAMistake() {
        assertThat(run("plan", "set", "free").exitCode()).isEqualTo(2);
        assertThat(run("plan", "set", "Free", "--requests-per-minute", "1").err())
                .contains("plan: not a name");
    }

    @Test
    void plansAreListedWithTheirLimitsAndHowManyKeysTheyHave() {
        create();
        create();
        good(
                "plan",
                "set",
                "team",
                "--requests-per-minute",
                "unlimited",
                "--requests-per-week",
                "unlimited",
                "--tokens-per-week",
                "unlimited",
                "--requests-in-flight",
                "8",
                "--description",
                "For teams");

        Outcome list = good("plan", "list");

        assertThat(list.out().lines().map(line -> line.split(" ", 2)[0])).containsExactly("PLAN", "free", "team");
        assertThat(list.out()).contains("1000000", "unlimited", "For teams");
        assertThat(json("plan", "list").path("plans").findValuesAsText("keys")).containsExactly("2", "0");
    }

    @Test
    void aBrokenPlanIsListedWithTheReason() {
        put(Map.of("keyHash", "plan#free", "requestsPerMinute", BigDecimal.ZERO));

        Outcome outcome = run("plan", "list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("plan free: requestsPerMinute: 0 (expected:");
    }

    /** Two operators who change different things. */
    @Test
    void whatSomebodyWroteBesideTheFieldsStays() {
        Map<String, Object> item = new HashMap<>(ItemValue.plain(Items.plain(dynamo.client()
                .getItem(get ->
                        get.tableName(TABLES.apiKeys()).key(Map.of("keyHash", AttributeValue.fromS("plan#free"))))
                .item())));
        item.put("ticket", "OPS-17");
        put(item);
        good("plan", "set", "free", "--requests-in-flight", "3");

        assertThat(ItemValue.plain(Items.plain(dynamo.client()
                        .getItem(get -> get.tableName(TABLES.apiKeys())
                                .key(Map.of("keyHash", AttributeValue.fromS("plan#free"))))
                        .item())))
                .containsEntry("ticket", "OPS-17")
                .containsEntry("requestsInFlight", BigDecimal.valueOf(3));
    }
}
