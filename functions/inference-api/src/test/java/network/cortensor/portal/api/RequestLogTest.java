package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.dispatch.Refusal;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {
    private static final String CHAT = """
        {"model":"%s","messages":[{"role":"user","content":"canary in the prompt"}]}\
        """;

    private final ApiRig rig = new ApiRig();

    private Line only() {
        assertThat(rig.lines).hasSize(1);
        return rig.lines.getFirst();
    }

    @Test
    void anAnsweredRequestIsOneLineWithItsMetrics() {
        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().event()).isEqualTo("request");
        assertThat(only().keys())
                .containsAllEntriesOf(Map.of(
                        "request_id", answer.header("x-request-id"),
                        "status", 200L,
                        "outcome", "ok",
                        "attempts", 1L,
                        "queue_wait_ms", 250L,
                        "first_token_ms", 900L,
                        "total_ms", 3000L,
                        "catalog_age_ms", 2000L,
                        "completion_tokens", 2L));
        assertThat(only().dimensions()).isEqualTo(Map.of("alias", "gpt-oss-20b"));
        assertThat(only().metrics())
                .isEqualTo(Map.of(
                        Metric.REQUESTS, 1.0,
                        Metric.ERRORS, 0.0,
                        Metric.OWN_FAILURES, 0.0,
                        Metric.ROUTER_FAILURES, 0.0,
                        Metric.FIRST_TOKEN_TIME, 900.0,
                        Metric.TOTAL_TIME, 3000.0,
                        Metric.QUEUE_WAIT, 250.0));
    }

    @Test
    void theLineSaysTheSameUnderOpenTelemetrysNames() {
        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("oss-20b")));

        assertThat(only().keys())
                .containsAllEntriesOf(Map.of(
                        "gen_ai.provider.name",
                        "cortensor",
                        "gen_ai.operation.name",
                        "chat",
                        "gen_ai.request.model",
                        "oss-20b",
                        "gen_ai.response.model",
                        "gpt-oss-20b",
                        "gen_ai.usage.input_tokens",
                        only().keys().get("prompt_tokens"),
                        "gen_ai.usage.output_tokens",
                        2L,
                        "gen_ai.server.time_to_first_token",
                        0.9,
                        "gen_ai.server.request.duration",
                        3.0))
                .doesNotContainKey("error.type");
    }

    @Test
    void aFailedRequestHasOpenTelemetrysErrorType() {
        rig.dispatcher = ApiRig.refusing(new Refusal.AllBusy(Duration.ofSeconds(3)));

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().keys())
                .containsAllEntriesOf(Map.of(
                        "error.type", "model_overloaded",
                        "gen_ai.request.model", "gpt-oss-20b",
                        "gen_ai.server.request.duration", 3.0))
                .doesNotContainKeys(
                        "gen_ai.response.model",
                        "gen_ai.usage.input_tokens",
                        "gen_ai.usage.output_tokens",
                        "gen_ai.server.time_to_first_token");
    }

    /** A broken answer has used tokens, and its first token is that of no successful answer. */
    @Test
    void anAnswerThatBrokeHasItsTokensUnderOpenTelemetrysNames() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new CompletionEvent.Text("one two three"));

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().keys())
                .containsAllEntriesOf(Map.of(
                        "error.type", "upstream_error",
                        "gen_ai.response.model", "gpt-oss-20b",
                        "gen_ai.usage.output_tokens", 3L))
                .doesNotContainKey("gen_ai.server.time_to_first_token");
    }

    /** Who is refused before anything is known of a model is in nobody's histogram under a name that the customer made up. */
    @ParameterizedTest
    @MethodSource
    void aRefusedRequestHasWhatIsKnownOfIt(Call call, Consumer<ApiRig> given, String type, boolean modelKnown) {
        given.accept(rig);

        rig.call(call.with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        assertThat(only().keys())
                .containsAllEntriesOf(Map.of(
                        "trace_id", "4bf92f3577b34da6a3ce929d0e0e4736",
                        "gen_ai.provider.name", "cortensor",
                        "gen_ai.operation.name", "chat",
                        "error.type", type,
                        "outcome", type))
                .containsKey("gen_ai.server.request.duration")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.server.time_to_first_token");
        assertThat(only().keys().containsKey("gen_ai.request.model")).isEqualTo(modelKnown);
        assertThat(only().keys().toString()).doesNotContain("canary", "made-up");
    }

    static Stream<Arguments> aRefusedRequestHasWhatIsKnownOfIt() {
        Call chat = Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b"));
        OptionalLong none = OptionalLong.empty();
        Plan one = new Plan("one", new Limits(OptionalLong.of(1), none, none, none), Limits.NONE);
        return Stream.of(
                argumentSet("401", chat.withoutKey(), with(rig -> {}), "invalid_api_key", false),
                argumentSet(
                        "404",
                        Call.post("/v1/chat/completions", CHAT.formatted("made-up")),
                        with(rig -> {}),
                        "model_not_found",
                        false),
                argumentSet(
                        "429",
                        chat,
                        with(rig -> {
                            rig.plan = one;
                            rig.call(chat);
                            rig.lines.clear();
                        }),
                        "rate_limit_exceeded",
                        false),
                argumentSet("503", chat, with(rig -> rig.keysDown = true), "service_unavailable", false),
                argumentSet(
                        "a bug",
                        Call.post("/v1/responses", "{\"model\":\"gpt-oss-20b\",\"input\":\"canary\"}"),
                        with(rig -> rig.dispatcher = (job, delivery) -> {
                            throw new IllegalStateException("canary");
                        }),
                        "server_error",
                        true));
    }

    private static Consumer<ApiRig> with(Consumer<ApiRig> given) {
        return given;
    }

    /** No model is asked there. */
    @ParameterizedTest
    @MethodSource
    void whereNoModelIsAskedOpenTelemetrysNamesAreNot(Call call) {
        rig.call(call);

        assertThat(only().keys().keySet()).noneMatch(key -> key.startsWith("gen_ai.") || key.equals("error.type"));
    }

    static Stream<Call> whereNoModelIsAskedOpenTelemetrysNamesAreNot() {
        return Stream.of(
                Call.get("/health"),
                Call.get("/v1/models"),
                Call.get("/v1/usage"),
                Call.get("/v1/chat/completions"),
                Call.get("/v1/chat/completions").method("OPTIONS"),
                Call.post("/v1/nothing", "{}"));
    }

    @Test
    void theTraceOfTheCustomerStandsBesideTheRequestsOwnName() {
        CustomerAnswer answer = rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b"))
                .with("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        assertThat(only().keys())
                .containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736")
                .containsEntry("request_id", answer.header("x-request-id"));
    }

    /** What is not of the standard's form is the customer's own text, and none of that is logged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nsecret",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-001",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what-is-new",
                "secret secret secret"
            })
    void whatIsNoTraceIsNotLogged(String header) {
        rig.call(
                Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")).with("traceparent", header));

        assertThat(only().keys()).doesNotContainKey("trace_id");
        assertThat(only().keys().toString()).doesNotContain("secret", "4bf9");
    }

    /** Blanks around a header are none of it; a repeated one stands for nothing, by the standard, on both fronts. */
    @ParameterizedTest
    @CsvSource({
        "' 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\t', true",
        "'00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', false"
    })
    void oneTraceWithBlanksAroundItIsTakenAndTwoAreNot(String header, boolean taken) {
        rig.call(
                Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")).with("traceparent", header));

        assertThat(only().keys().containsKey("trace_id")).isEqualTo(taken);
    }

    @Test
    void aLaterVersionOfTheStandardIsUnderstood() {
        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b"))
                .with("traceparent", "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-is-new"));

        assertThat(only().keys()).containsEntry("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    @Test
    void aCatalogThatWasReadForThisRequestHasNoAge() {
        rig.aliases = rig.aliases.stream()
                .map(view -> new AliasView(view.alias(), view.pools(), Fixtures.NOW.plusMillis(700)))
                .toList();

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().keys()).containsEntry("catalog_age_ms", 0L);
    }

    @Test
    void anErrorIsCountedByItsCode() {
        rig.dispatcher = ApiRig.refusing(new Refusal.AllBusy(Duration.ofSeconds(3)));

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().metrics()).containsEntry(Metric.ERRORS, 1.0);
        assertThat(only().apart()).containsExactly(new Line.Apart(Metric.ERRORS, "code", "model_overloaded"));
        assertThat(only().dimensions()).isEqualTo(Map.of("alias", "gpt-oss-20b"));
    }

    @ParameterizedTest
    @MethodSource
    void aFailureIsCountedAsOursOrTheRoutersOrAsNeither(Refusal refusal, double ours, double routers) {
        rig.dispatcher = ApiRig.refusing(refusal);

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().metrics())
                .containsEntry(Metric.REQUESTS, 1.0)
                .containsEntry(Metric.OWN_FAILURES, ours)
                .containsEntry(Metric.ROUTER_FAILURES, routers);
    }

    static Stream<Arguments> aFailureIsCountedAsOursOrTheRoutersOrAsNeither() {
        return Stream.of(
                argumentSet("tables cannot be read", new Refusal.StoreUnavailable(), 1, 0),
                argumentSet("every attempt failed", new Refusal.AttemptsFailed(), 0, 1),
                argumentSet("no answer in time", new Refusal.TimedOut(), 0, 1),
                argumentSet("the answer broke off", new Refusal.BrokenOff(), 0, 1),
                argumentSet("too few sessions", new Refusal.AllBusy(Duration.ofSeconds(1)), 0, 0),
                argumentSet("a closed model", new Refusal.NoRouteOpen(), 0, 0),
                argumentSet("a request that cannot be served", new Refusal.RequestRejected(), 0, 0));
    }

    @Test
    void aBugIsAFailureOfOurOwn() {
        rig.dispatcher = (job, delivery) -> {
            throw new IllegalStateException("a bug");
        };

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().metrics()).containsEntry(Metric.OWN_FAILURES, 1.0).containsEntry(Metric.ROUTER_FAILURES, 0.0);
    }

    @Test
    void requestsThatAreNoCompletionsCountToo() {
        rig.call(Call.get("/health"));

        assertThat(only().metrics())
                .containsEntry(Metric.REQUESTS, 1.0)
                .containsEntry(Metric.OWN_FAILURES, 0.0)
                .containsEntry(Metric.ROUTER_FAILURES, 0.0);
    }

    @Test
    void aNameThatIsNoModelIsNotRecorded() {
        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("made-up")));

        assertThat(only().dimensions()).isEmpty();
        assertThat(only().keys()).containsEntry("outcome", "model_not_found").containsEntry("status", 404L);
        assertThat(only().keys().toString()).doesNotContain("made-up");
    }

    @Test
    void tokensOfABrokenAnswerAreRecorded() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new CompletionEvent.Text("one two three"));

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().keys()).containsEntry("completion_tokens", 3L).containsEntry("outcome", "upstream_error");
    }

    @Test
    void whatCustomersWriteAndReadIsInNoLine() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new CompletionEvent.Text("canary in the answer"));

        rig.call(Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b")));

        assertThat(only().keys().toString() + only().dimensions()).doesNotContain("canary");
    }

    @Test
    void aConnectionThatIsGoneLeavesItsLine() {
        rig.dispatcher = (job, delivery) -> {
            throw new IOException("gone");
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> rig.handler()
                        .handle(
                                Call.post("/v1/chat/completions", CHAT.formatted("gpt-oss-20b"))
                                        .event(),
                                Fixtures.NOW,
                                Fixtures.NOW.plusSeconds(300),
                                (status, headers) -> {
                                    throw new AssertionError("nothing was there to send");
                                }));
        assertThat(only().keys()).containsEntry("outcome", "unfinished");
    }
}
