package network.cortensor.portal.keys.items;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.Parsed;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.IssuedKey.Status;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each field of a key's and of a plan's item means when it is good, missing and bad. */
class KeyItemRulesTest {
    private static final KeyHash HASH = new KeyHash("0123456789abcdef".repeat(4));
    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");

    private static Map<String, Object> key() {
        return new HashMap<>(Map.of(
                "keyId", "key-1",
                "customer", "acme",
                "plan", "free",
                "status", "active",
                "allowedModels", List.of("gpt-oss-20b"),
                "expiry", EXPIRY.toString()));
    }

    private static Map<String, Object> plan() {
        return new HashMap<>(Map.of(
                "requestsPerMinute", BigDecimal.valueOf(20),
                "requestsPerWeek", BigDecimal.valueOf(1_000),
                "tokensPerWeek", "unlimited",
                "requestsInFlight", BigDecimal.valueOf(2),
                "keyRequestsPerMinute", BigDecimal.valueOf(10)));
    }

    @Test
    void aGoodKeyIsReadFieldByField() {
        Parsed<Optional<IssuedKey>> parsed = KeyItems.parse(HASH, ItemValue.item(key()));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value())
                .contains(new IssuedKey(
                        "key-1",
                        "acme",
                        "free",
                        Status.ACTIVE,
                        new AllowedModels.Only(Set.of("gpt-oss-20b")),
                        Optional.of(EXPIRY)));
    }

    @Test
    void aKeyMayUseEverythingForEverUnlessItSaysOtherwise() {
        Map<String, Object> item = key();
        item.remove("allowedModels");
        item.remove("expiry");

        IssuedKey key = KeyItems.parse(HASH, ItemValue.item(item)).value().orElseThrow();

        assertThat(key.models().allows("anything")).isTrue();
        assertThat(key.goodAt(Instant.MAX)).isTrue();
    }

    @Test
    void aKeyIsGoodUntilItsExpiryAndNotAtIt() {
        IssuedKey key = KeyItems.parse(HASH, ItemValue.item(key())).value().orElseThrow();

        assertThat(key.goodAt(EXPIRY.minusMillis(1))).isTrue();
        assertThat(key.goodAt(EXPIRY)).isFalse();
    }

    @Test
    void aKeyThatMayUseNoModelMayUseNone() {
        Map<String, Object> item = key();
        item.put("allowedModels", List.of());

        assertThat(KeyItems.parse(HASH, ItemValue.item(item))
                        .value()
                        .orElseThrow()
                        .models()
                        .allows("gpt-oss-20b"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyId", "customer", "plan", "status"})
    void aMissingRequiredFieldBreaksAKey(String field) {
        Map<String, Object> item = key();
        item.remove(field);

        Parsed<Optional<IssuedKey>> parsed = KeyItems.parse(HASH, ItemValue.item(item));

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(field);
            assertThat(problem.complaint()).startsWith("missing (expected: ");
        });
    }

    static Stream<Arguments> badFieldsOfKeys() {
        return Stream.of(
                bad("keyId", "Key 1", "key #0123456789ab: keyId: \"Key 1\" (expected: [a-z0-9]"),
                bad("customer", "ACME Inc.", "key key-1: customer: \"ACME Inc.\" (expected: [a-z0-9]"),
                bad("plan", true, "key key-1: plan: true (expected: [a-z0-9]"),
                bad("status", "Revoked", "key key-1: status: \"Revoked\" (expected: one of active, revoked)"),
                bad("expiry", "2027-01-01", "key key-1: expiry: \"2027-01-01\" (expected: a time as 2026-12-31T"),
                bad("allowedModels", "gpt-oss-20b", "key key-1: allowedModels: \"gpt-oss-20b\" (expected: a list"),
                bad("allowedModels", List.of("GPT"), "key key-1: allowedModels: a list of 1 (expected: a list"));
    }

    /** Also where missing is fine: who wrote an expiry did not mean never. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badFieldsOfKeys")
    void aBadFieldBreaksAKey(String field, Object value, String complaint) {
        Map<String, Object> item = key();
        item.put(field, value);

        Parsed<Optional<IssuedKey>> parsed = KeyItems.parse(HASH, ItemValue.item(item));

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.problems().getFirst().toString()).startsWith(complaint);
    }

    @Test
    void aKeyThatSomebodyPastedIntoAFieldIsNotShown() {
        Map<String, Object> item = key();
        item.put("customer", "acme: ctk_prod_0123456789");

        assertThat(KeyItems.parse(HASH, ItemValue.item(item)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.complaint()).startsWith("\"acme: ctk_…\" (expected"));
    }

    @Test
    void aGoodPlanIsReadFieldByField() {
        Parsed<Optional<Plan>> parsed = PlanItems.parse("free", ItemValue.item(plan()));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value())
                .contains(new Plan(
                        "free",
                        new Limits(
                                OptionalLong.of(20), OptionalLong.of(1_000), OptionalLong.empty(), OptionalLong.of(2)),
                        new Limits(
                                OptionalLong.of(10),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.empty())));
    }

    /** A misspelt field must not lift a limit. */
    @ParameterizedTest
    @ValueSource(strings = {"requestsPerMinute", "requestsPerWeek", "tokensPerWeek", "requestsInFlight"})
    void aPlanSaysEveryLimitOfACustomer(String field) {
        Map<String, Object> item = plan();
        item.put("misspelt", item.remove(field));

        Parsed<Optional<Plan>> parsed = PlanItems.parse("free", ItemValue.item(item));

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.problems())
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .startsWith("plan free: " + field + ": missing (expected: a whole number from 1 to ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1000000000001", "1E+125"})
    void aLimitIsAWholeNumberOfOneOrMore(String number) {
        Map<String, Object> item = plan();
        item.put("requestsPerMinute", new BigDecimal(number));

        assertThat(PlanItems.parse("free", ItemValue.item(item)).value()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "20", "Unlimited", ""})
    void noOtherWordIsALimit(String word) {
        Map<String, Object> item = plan();
        item.put("tokensPerWeek", word);

        assertThat(PlanItems.parse("free", ItemValue.item(item)).value()).isEmpty();
    }

    /** The customer's limits bound it anyway. */
    @Test
    void aBadLimitOfKeysIsReportedAndCountsAsNone() {
        Map<String, Object> item = plan();
        item.put("keyRequestsPerMinute", "ten");

        Parsed<Optional<Plan>> parsed = PlanItems.parse("free", ItemValue.item(item));

        assertThat(parsed.value().orElseThrow().key()).isEqualTo(Limits.NONE);
        assertThat(parsed.problems()).singleElement().extracting(Problem::field).isEqualTo("keyRequestsPerMinute");
    }

    @Test
    void aPlanStandsWhereNoKeyCan() {
        assertThat(PlanItems.tableKey("free")).isEqualTo("plan#free");
        assertThat(PlanItems.planAt("plan#free")).contains("free");
        assertThat(PlanItems.planAt(HASH.hex())).isEmpty();
        assertThat(KeyHash.isHash("plan#free")).isFalse();
    }

    private static Arguments bad(String field, Object value, String complaint) {
        return Arguments.of(field, value, complaint);
    }
}
