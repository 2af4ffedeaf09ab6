package network.cortensor.portal.catalog;

import static network.cortensor.portal.catalog.ExampleItems.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Endpoint;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.Route;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.Stage;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each field of an item means when it is good, missing and bad. */
class CatalogItemRulesTest {
    private static final TargetId ID = new TargetId("p", "r1");

    @Test
    void aGoodModelIsReadFieldByField() {
        Parsed<ModelAlias> parsed = ModelItems.parse("m", ItemValue.item(ExampleItems.model("p")));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value())
                .isEqualTo(new ModelAlias(
                        "m",
                        new ModelAlias.Description("Model One", "Ones", "The first."),
                        131_072,
                        4_096,
                        Set.of(Endpoint.CHAT, Endpoint.MESSAGES),
                        new ModelAlias.Lifecycle(
                                LocalDate.of(2026, 1, 15), Stage.AVAILABLE, Optional.empty(), Optional.empty()),
                        State.LIVE,
                        List.of(new Route("p", 100)),
                        List.of("p"),
                        PromptFormat.PLAIN));
    }

    @Test
    void aGoodPoolIsReadFieldByFieldAndTimesMayHaveFractions() {
        Parsed<Pool> parsed = PoolItems.parse("p", ItemValue.item(ExampleItems.pool()));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value())
                .isEqualTo(new Pool(
                        "p",
                        State.LIVE,
                        new PoolTimes(
                                Duration.ofMillis(12_500),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(100),
                                Duration.ofSeconds(200),
                                Duration.ZERO),
                        2,
                        Streaming.BUFFERED));
    }

    @Test
    void aGoodTargetIsReadFieldByField() {
        Parsed<Optional<Target>> parsed = TargetItems.parse(ID, ItemValue.item(ExampleItems.router("one")));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value())
                .contains(new Target(
                        ID,
                        URI.create("https://one.example:5010/base"),
                        new Protocol.Cortensor(2, Protocol.SessionForm.PATH, 168),
                        new Capacity.Slots(1),
                        5,
                        State.LIVE,
                        Optional.of(Instant.parse("2027-03-01T00:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource({"chatml, QWEN3, qwen3", "gemma, GEMMA3, gemma3"})
    void aFormerWordForAFormatWorksWithANotice(String word, PromptFormat format, String today) {
        Map<String, Object> item = ExampleItems.model("p");
        item.put("promptFormat", word);
        Parsed<ModelAlias> parsed = ModelItems.parse("m", ItemValue.item(item));

        assertThat(parsed.value().promptFormat()).isEqualTo(format);
        assertThat(parsed.value().state()).isEqualTo(State.LIVE);
        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.problems())
                .singleElement()
                .hasToString("model m: promptFormat: \"" + word + "\" is the former word for " + today);
    }

    @Test
    void whatATargetsServerDoesToPromptsAndAnswersIsRead() {
        Map<String, Object> item = new HashMap<>(ExampleItems.router("one"));
        item.put("bos", true);
        item.put("specialTokens", "kept");
        Parsed<Optional<Target>> parsed = TargetItems.parse(ID, ItemValue.item(item));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value().orElseThrow().protocol())
                .isEqualTo(new Protocol.Cortensor(2, Protocol.SessionForm.PATH, 168)
                        .with(new Protocol.RawText(true, SpecialTokens.KEPT)));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"-, true, 0", "true, true, 0", "false, false, 0", "no, true, 1"},
            nullValues = "-")
    void whetherAServerBreaksSpecialTokensIsReadAndABadWordIsToldAndCountsAsYes(
            @Nullable String written, boolean breaks, int problems) {
        Map<String, Object> item = new HashMap<>(ExampleItems.router("one"));
        item.put("protocol", "openai");
        item.put("upstreamModel", "org/model");
        if (written != null) {
            item.put("breaksSpecialTokens", written.equals("no") ? written : Boolean.valueOf(written));
        }
        Parsed<Optional<Target>> parsed = TargetItems.parse(ID, ItemValue.item(item));

        assertThat(parsed.value().orElseThrow().protocol()).isEqualTo(new Protocol.OpenAi("org/model", breaks));
        assertThat(parsed.problems()).hasSize(problems);
    }

    @ParameterizedTest
    @CsvSource({"bos, yes, true or false", "specialTokens, lost, 'one of kept, stripped, unknown'"})
    void whatATargetsServerDoesIsAnOptionalMatter(String field, String value, String expected) {
        Map<String, Object> item = new HashMap<>(ExampleItems.router("one"));
        item.put(field, value);
        Parsed<Optional<Target>> parsed = TargetItems.parse(ID, ItemValue.item(item));

        assertThat(parsed.value().orElseThrow().protocol())
                .isEqualTo(new Protocol.Cortensor(2, Protocol.SessionForm.PATH, 168));
        assertThat(parsed.value().orElseThrow().state()).isEqualTo(State.LIVE);
        assertThat(parsed.problems())
                .singleElement()
                .hasToString("target p/r1: " + field + ": \"" + value + "\" (expected: " + expected + ")");
    }

    @Test
    void aPoolThatSaysNothingButItsStateHasTheDefaults() {
        Parsed<Pool> parsed = PoolItems.parse("p", ItemValue.item(Map.of("state", "live")));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value())
                .isEqualTo(new Pool("p", State.LIVE, PoolTimes.DEFAULTS, Pool.DEFAULT_MAX_ATTEMPTS, Streaming.NATIVE));
    }

    @Test
    void aPoolSaysWhoseModelItServes() {
        Parsed<Pool> parsed = PoolItems.parse("p", ItemValue.item(Map.of("state", "live", "servesModel", "m")));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.value().servesModel()).contains("m");
    }

    @Test
    void aBrokenModelIsPausedAndStillKnown() {
        Parsed<ModelAlias> parsed = ModelItems.parse("m", ItemValue.item(Map.of()));

        assertThat(parsed.value().name()).isEqualTo("m");
        assertThat(parsed.value().state()).isEqualTo(State.PAUSED);
        assertThat(parsed.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder("state", "contextLength", "maxOutputTokens", "promptFormat", "routes");
    }

    static Stream<Arguments> badFieldsOfModels() {
        return Stream.of(
                bad("state", "open", "\"open\" (expected: one of live, degraded, draining, paused)"),
                bad("state", "LIVE", "\"LIVE\" (expected: one of live, degraded, draining, paused)"),
                bad("contextLength", number("0"), "0 (expected: a whole number >= 1)"),
                bad("contextLength", number("1.5"), "1.5 (expected: a whole number >= 1)"),
                bad("contextLength", number("1E+125"), "1E+125 (expected: a whole number >= 1)"),
                bad("contextLength", "131072", "\"131072\" (expected: a whole number >= 1)"),
                bad("maxOutputTokens", true, "true (expected: a whole number >= 1)"),
                bad("routes", List.of(), "a list of 0 (expected: a list of {pool"),
                bad("routes", List.of("p"), "a list of 1 (expected: a list of {pool"),
                bad("routes", Map.of("pool", "p"), "a map of 1 (expected: a list of {pool"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badFieldsOfModels")
    void aBadRequiredFieldOfAModelPausesIt(String field, Object value, String complaint) {
        Map<String, Object> item = ExampleItems.model("p");
        item.put(field, value);

        Parsed<ModelAlias> parsed = ModelItems.parse("m", ItemValue.item(item));

        assertThat(parsed.value().state()).isEqualTo(State.PAUSED);
        assertThat(parsed.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString()).startsWith("model m: " + field + ": " + complaint));
    }

    static Stream<Arguments> badRoutes() {
        return Stream.of(
                Arguments.of("a negative weight", Map.of("pool", "q", "weight", number("-1")), "routes[1].weight"),
                Arguments.of("no weight", Map.of("pool", "q"), "routes[1].weight"),
                Arguments.of("no name", Map.of("pool", "Q", "weight", number("1")), "routes[1].pool"),
                Arguments.of("a pool twice", Map.of("pool", "p", "weight", number("1")), "routes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badRoutes")
    void aRouteThatIsBrokenIsNamedByItsPlaceAndPausesTheModel(String name, Map<String, Object> route, String field) {
        Map<String, Object> item = ExampleItems.model("p");
        item.put("routes", List.of(Map.of("pool", "p", "weight", number("1")), route));

        Parsed<ModelAlias> parsed = ModelItems.parse("m", ItemValue.item(item));

        assertThat(parsed.value().state()).isEqualTo(State.PAUSED);
        assertThat(parsed.problems()).extracting(Problem::field).contains(field);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "285, 285, at most 280",
        "150, 100, at most 95",
        "281, 285, at most 280",
        "2, 2, at most 1.8",
        "'', 150, at most 145",
        "bad, 120, at most 115"
    })
    void timesThatLetNoRequestBeSentPauseThePool(String attempt, String total, String expected) {
        Map<String, Object> item = new HashMap<>(Map.of("state", "live", "totalSeconds", number(total)));
        if (!attempt.isEmpty()) {
            item.put("attemptSeconds", attempt.equals("bad") ? attempt : number(attempt));
        }

        Parsed<Pool> parsed = PoolItems.parse("p", ItemValue.item(item));

        assertThat(parsed.value().state()).isEqualTo(State.PAUSED);
        assertThat(parsed.problems())
                .anySatisfy(problem -> assertThat(problem.toString())
                        .startsWith("pool p: attemptSeconds: ")
                        .contains("no request can ever be sent", expected));
    }

    @Test
    void timesThatJustServeTogetherAreGood() {
        Map<String, Object> item =
                Map.of("state", "live", "totalSeconds", number("285"), "attemptSeconds", number("280"));

        assertThat(PoolItems.parse("p", ItemValue.item(item)).problems()).isEmpty();
        assertThat(PoolTimes.DEFAULTS.serve()).isTrue();
    }

    static Stream<Arguments> badFieldsOfPools() {
        return Stream.of(
                bad("attemptSeconds", number("-1"), "-1 (expected: seconds, 0.001 to 285)"),
                bad("attemptSeconds", number("0"), "0 (expected: seconds, 0.001 to 285)"),
                bad("attemptSeconds", number("0.0000001"), "1E-7 (expected: seconds, 0.001 to 285)"),
                bad("attemptSeconds", number("285.001"), "285.001 (expected: seconds, 0.001 to 285)"),
                bad("attemptSeconds", "150 s", "\"150 s\" (expected: seconds, 0.001 to 285)"),
                bad("streaming", "on", "\"on\" (expected: one of native, buffered)"),
                bad("maxAttempts", number("0"), "0 (expected: a whole number >= 1)"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("badFieldsOfPools")
    void aBadOptionalFieldOfAPoolTakesItsDefault(String field, Object value, String complaint) {
        Pool good =
                PoolItems.parse("p", ItemValue.item(Map.of("state", "live"))).value();

        Parsed<Pool> parsed = PoolItems.parse("p", ItemValue.item(Map.of("state", "live", field, value)));

        assertThat(parsed.value()).isEqualTo(good);
        assertThat(parsed.problems())
                .extracting(Problem::toString)
                .containsExactly("pool p: " + field + ": " + complaint);
    }

    static Stream<Arguments> badAddresses() {
        return Stream.of(
                Arguments.of("no address", "routerUrl", "router"),
                Arguments.of("another scheme", "routerUrl", "ftp://router.example"),
                Arguments.of("no host", "routerUrl", "http:///path"),
                Arguments.of("a host with blanks", "routerUrl", "http://router example"),
                Arguments.of("port 0", "routerUrl", "http://router.example:0"),
                Arguments.of("a port that does not exist", "routerUrl", "http://router.example:65536"),
                Arguments.of("a query", "routerUrl", "http://router.example?key=1"),
                Arguments.of("user info", "routerUrl", "http://a:b@router.example"),
                Arguments.of("a negative session", "sessionId", number("-1")),
                Arguments.of("half a session", "sessionId", number("0.5")),
                Arguments.of("a session of 126 digits", "sessionId", number("1E+125")),
                Arguments.of("a session past what a long holds", "sessionId", number("9223372036854775808")),
                Arguments.of("a session as text", "sessionId", "168"),
                Arguments.of("an unknown protocol", "protocol", "grpc"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAddresses")
    void aTargetThatNothingCouldBeSentToIsAbsentAndNamed(String name, String field, Object value) {
        Map<String, Object> item = ExampleItems.router("one");
        item.put(field, value);

        Parsed<Optional<Target>> parsed = TargetItems.parse(ID, ItemValue.item(item));

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.problems()).extracting(Problem::field).contains(field);
    }

    @Test
    void aSessionMayBeAnyNumberThatARouterCanCountTo() {
        Map<String, Object> item = ExampleItems.router("one");
        item.put("sessionId", number("9223372036854775807.0"));

        assertThat(TargetItems.parse(ID, ItemValue.item(item)).value())
                .map(target -> target.session().id())
                .contains("9223372036854775807");
    }

    static Stream<Arguments> badCapacities() {
        return Stream.of(
                Arguments.of("negative", number("-1")),
                Arguments.of("none", number("0")),
                Arguments.of("more than can be looked through", number("2147483647")),
                Arguments.of("unlimited, which a Cortensor session is not", "unlimited"),
                Arguments.of("a word", "many"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCapacities")
    void aBadCapacityIsOne(String name, Object value) {
        Map<String, Object> item = ExampleItems.router("one");
        item.put("capacity", value);

        Parsed<Optional<Target>> parsed = TargetItems.parse(ID, ItemValue.item(item));

        assertThat(parsed.value()).map(Target::capacity).contains(Capacity.ONE);
        assertThat(parsed.value()).map(Target::state).contains(State.LIVE);
        assertThat(parsed.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.complaint())
                        .endsWith("(expected: a whole number from 1 to 1000 for protocol cortensor)"));
    }

    @Test
    void onlyServersThatQueueByThemselvesMayBeUnlimited() {
        assertThat(TargetItems.parse(ID, ItemValue.item(ExampleItems.openAi("one")))
                        .value())
                .map(Target::capacity)
                .contains(new Capacity.Unlimited());
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of("before a host", "https://user:hunter2@router.example", "\"https://…@router.example\""),
                Arguments.of("in a query", "https://router.example?key=hunter2", "\"https://router.example?…\""),
                Arguments.of("without a scheme", "user:hunter2@router.example", "\"…@router.example\""),
                Arguments.of(
                        "behind much else",
                        "https://" + "x".repeat(100_000) + "hunter2@router.example",
                        "\"https://…@router.example\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("secrets")
    void aCredentialInAnAddressIsNotRepeated(String name, String url, String shown) {
        Map<String, Object> item = ExampleItems.router("one");
        item.put("routerUrl", url);

        assertThat(TargetItems.parse(ID, ItemValue.item(item)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.complaint())
                        .startsWith(shown + " (expected: ")
                        .doesNotContain("hunter2"));
    }

    static Stream<Arguments> unprintable() {
        return Stream.of(
                Arguments.of("a line end", "a\nbad", "\"a\\u000abad\""),
                Arguments.of("a turn of the direction of writing", "a\u202ebad", "\"a\\u202ebad\""),
                Arguments.of("half a surrogate pair", "a\ud83d", "\"a\\ud83d\""),
                Arguments.of("a quotation mark", "a\"b", "\"a\\\"b\""),
                Arguments.of("400 KB", "x".repeat(400_000), "\"" + "x".repeat(40) + "…\""),
                Arguments.of("pairs at the cut", "😀".repeat(50), "\"" + "😀".repeat(40) + "…\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unprintable")
    void whatWasFoundIsShownShortAndOnOneLine(String name, String found, String shown) {
        assertThat(PoolItems.parse("p", ItemValue.item(Map.of("state", found))).problems())
                .extracting(Problem::toString)
                .containsExactly("pool p: state: " + shown + " (expected: one of live, degraded, draining, paused)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"half a pair \ud83d", "a bell \u0007", "another line\u2028end", " "})
    void whatCustomersReadIsTextThatEveryAnswerCanHold(String text) {
        Map<String, Object> item = ExampleItems.model("p");
        item.put("displayName", text);

        Parsed<ModelAlias> parsed = ModelItems.parse("m", ItemValue.item(item));

        assertThat(parsed.value().description().displayName()).isEqualTo("m");
        assertThat(parsed.problems()).extracting(Problem::field).containsExactly("displayName");
    }

    private static Arguments bad(String field, Object value, String complaint) {
        return Arguments.of(field, value, complaint);
    }
}
