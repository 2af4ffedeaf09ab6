package network.cortensor.portal.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.completion.Usage;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.dispatch.Refusal;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.telemetry.Metric;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.UsageEvent;
import network.cortensor.portal.usage.UsageEvent.Basis;
import network.cortensor.portal.usage.UsageEvent.Ending;
import network.cortensor.portal.usage.UsageEvent.State;
import network.cortensor.portal.usage.UsageEvent.Tokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What customers see of their limits, and what is recorded of their requests. */
class LimitsTest {
    private static final String CHAT = """
        {"model":"gpt-oss-20b","messages":[{"role":"user","content":"Hello"}]}\
        """;
    private static final OptionalLong NONE = OptionalLong.empty();

    private final ApiRig rig = new ApiRig();

    private CustomerAnswer chat() {
        return rig.call(Call.post("/v1/chat/completions", CHAT));
    }

    private static OptionalLong most(long number) {
        return OptionalLong.of(number);
    }

    private void keyMay(OptionalLong perMinute, OptionalLong perWeek, OptionalLong tokens, OptionalLong inFlight) {
        rig.plan = new Plan("test", Limits.NONE, new Limits(perMinute, perWeek, tokens, inFlight));
    }

    private List<UsageEvent> events() {
        return List.copyOf(rig.usage.rows.events());
    }

    @Test
    void anUnlimitedKeySeesNoLimits() {
        assertThat(chat().headers().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @Test
    void everyAnswerSaysHowMuchIsLeft() {
        keyMay(most(3), most(100), most(10_000), NONE);

        CustomerAnswer first = chat();
        rig.now = rig.now.plusSeconds(10);
        CustomerAnswer second = chat();

        assertThat(first.header("x-ratelimit-limit-requests")).isEqualTo("3");
        assertThat(first.header("x-ratelimit-remaining-requests")).isEqualTo("2");
        assertThat(first.header("x-ratelimit-reset-requests")).isEqualTo("1m1s");
        assertThat(first.header("x-ratelimit-limit-tokens")).isEqualTo("10000");
        assertThat(Long.parseLong(first.header("x-ratelimit-remaining-tokens"))).isBetween(8_900L, 9_000L);
        assertThat(first.header("x-ratelimit-reset-tokens")).isEqualTo("169h12m0s");
        assertThat(second.header("x-ratelimit-remaining-requests")).isEqualTo("1");
    }

    static Stream<String> paths() {
        return Stream.of("/v1/chat/completions", "/v1/completions", "/v1/messages");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aRequestOverItsLimitIsRefusedBeforeItIsRead(String path) {
        keyMay(most(1), NONE, NONE, NONE);
        chat();
        int reads = rig.catalogReads.get();

        CustomerAnswer refused = rig.call(Call.post(path, "{no json"));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().at("/error/type").asText()).isEqualTo("rate_limit_error");
        assertThat(refused.json().at("/error/message").asText())
                .isEqualTo("This key is at its limit of 1 requests per minute.");
        assertThat(refused.header("retry-after")).isEqualTo("60");
        assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
        assertThat(rig.catalogReads).hasValue(reads);
        assertThat(rig.jobs).hasSize(1);
    }

    @Test
    void theCodeOfARefusalIsOpenAis() {
        keyMay(most(1), NONE, NONE, NONE);
        chat();

        assertThat(chat().json().at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void thereIsRoomAgainAWindowAndASixtiethLater() {
        keyMay(most(1), NONE, NONE, NONE);
        chat();
        rig.now = rig.now.plusSeconds(60);
        CustomerAnswer early = chat();
        rig.now = rig.now.plusSeconds(1);

        assertThat(early.status()).isEqualTo(429);
        assertThat(early.header("retry-after")).isEqualTo("1");
        assertThat(chat().status()).isEqualTo(200);
    }

    @Test
    void aCustomersLimitHoldsForAllKeys() {
        rig.plan = new Plan("test", new Limits(most(1), NONE, NONE, NONE), Limits.NONE);
        chat();

        assertThat(chat().json().at("/error/message").asText())
                .isEqualTo("This account is at its limit of 1 requests per minute.");
    }

    @Test
    void aRefusalIsCountedByItsLimit() {
        keyMay(NONE, most(1), NONE, NONE);
        chat();
        chat();

        Line line = rig.lines.getLast();
        assertThat(line.metrics()).containsEntry(Metric.LIMIT_REFUSALS, 1.0);
        assertThat(line.apart()).contains(new Line.Apart(Metric.LIMIT_REFUSALS, "limit", "key_requests_per_week"));
        assertThat(line.keys()).containsKeys("key_id", "customer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{no json", "{\"model\":\"made-up\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"})
    void whatCannotBeAnsweredCountsForTheMinuteAndForNothingElse(String body) {
        keyMay(most(2), most(1), most(10_000), NONE);

        assertThat(rig.call(Call.post("/v1/chat/completions", body)).status()).isBetween(400, 404);

        assertThat(events()).isEmpty();
        JsonNode limits = rig.call(Call.get("/v1/usage")).json().at("/limits");
        assertThat(limits.findValuesAsText("used")).containsExactly("1", "0", "0");
        assertThat(chat().status()).isEqualTo(200);
    }

    /** Twice what the model's context holds, in words and in letters. */
    static Stream<String> prompts() {
        return Stream.of("bird ".repeat(2 * Fixtures.CONTEXT), "x9".repeat(4 * Fixtures.CONTEXT));
    }

    @ParameterizedTest
    @MethodSource("prompts")
    void promptsThatAreTooLongUseUpTheMinuteAndThenCostOneRead(String prompt) {
        keyMay(most(3), NONE, NONE, NONE);
        byte[] tooLong =
                Call.post("/v1/chat/completions", CHAT.replace("Hello", prompt)).event();
        ApiHandler handler = rig.handler();
        for (int sent = 0; sent < 3; sent++) {
            assertThat(rig.send(handler, tooLong).status()).isEqualTo(400);
        }
        rig.usage.calls.clear();

        for (int sent = 0; sent < 50; sent++) {
            assertThat(rig.send(handler, tooLong).status()).isEqualTo(429);
        }

        assertThat(rig.usage.calls).containsExactly(UsageFaults.Call.COUNTERS);
    }

    /** Their counters are one item, and DynamoDB writes an item a thousand times a second at most. */
    @Test
    void nobodySendsMoreThanAHundredASecondWhateverThePlan() {
        ApiHandler handler = rig.handler();
        byte[] chat = Call.post("/v1/chat/completions", CHAT).event();
        for (int sent = 0; sent < 100; sent++) {
            assertThat(rig.send(handler, chat).status()).isEqualTo(200);
        }
        rig.usage.calls.clear();
        for (int sent = 0; sent < 50; sent++) {
            CustomerAnswer refused = rig.send(handler, chat);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.json().at("/error/message").asText())
                    .isEqualTo("This account is at its limit of 100 requests per second.");
        }
        assertThat(rig.usage.calls).containsExactly(UsageFaults.Call.COUNTERS);
        rig.now = rig.now.plusSeconds(1);

        assertThat(rig.send(handler, chat).status()).isEqualTo(200);
        assertThat(rig.call(Call.get("/v1/usage")).json().at("/limits")).isEmpty();
    }

    @Test
    void whatIsOurFaultCostsNothing() {
        keyMay(most(1), NONE, NONE, NONE);
        rig.catalogDown = true;
        assertThat(chat().status()).isEqualTo(503);
        rig.catalogDown = false;

        assertThat(chat().status()).isEqualTo(200);
    }

    @Test
    void aRefusalIsCountedEvenWhenASecondHasPassed() {
        keyMay(most(2), NONE, NONE, NONE);
        chat();
        rig.now = rig.now.plusSeconds(2);
        rig.call(Call.post("/v1/chat/completions", "{no json"));

        assertThat(chat().status()).isEqualTo(429);
    }

    @Test
    void anAnswerIsBoundedByTheTokensThatAreLeft() {
        keyMay(NONE, NONE, most(400), NONE);

        chat();

        assertThat(ApiRig.asked(rig.jobs.getFirst()).maxTokens()).isBetween(150, 200);
    }

    @Test
    void aKeyThatHasUsedUpItsTokensIsRefused() {
        keyMay(NONE, NONE, most(12), NONE);
        chat();
        CustomerAnswer refused = chat();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("60");
        assertThat(refused.json().at("/error/message").asText()).contains("12 tokens per week");
    }

    @Test
    void theRequestOfACustomerWhoHasGoneIsInFlightNoMore() {
        keyMay(NONE, NONE, NONE, most(1));
        Dispatcher whole = rig.dispatcher;
        rig.dispatcher = (job, delivery) -> {
            throw new IOException("the customer has gone");
        };
        assertThatThrownBy(this::chat).hasRootCauseInstanceOf(IOException.class);

        rig.dispatcher = whole;

        assertThat(chat().status()).isEqualTo(200);
    }

    @Test
    void aRequestInFlightIsOneUntilItIsSettled() {
        keyMay(NONE, NONE, NONE, most(1));
        rig.dispatcher = (job, delivery) -> {
            CustomerAnswer meanwhile = chat();
            assertThat(meanwhile.status()).isEqualTo(429);
            assertThat(meanwhile.header("retry-after")).isEqualTo("5");
            assertThat(meanwhile.json().at("/error/message").asText())
                    .isEqualTo("This key is at its limit of 1 requests in flight: one request is in flight, for 0 s."
                            + " Each counts until its answer is whole, even if you have closed its connection.");
            return ApiRig.answering(new CompletionEvent.End(FinishReason.STOP, Optional.empty()))
                    .dispatch(job, delivery);
        };

        assertThat(chat().status()).isEqualTo(200);
        rig.dispatcher = new ApiRig().dispatcher;
        assertThat(chat().status()).isEqualTo(200);
    }

    /** Whoever has an answer may ask again at once: it is settled a moment later. */
    @Test
    void aPlaceThatIsGivenBackMeanwhileIsTakenAndOtherwiseTheRefusalCostsTwoReadsAndHalfASecond() {
        keyMay(NONE, NONE, NONE, most(1));
        rig.dispatcher = (job, delivery) -> {
            Instant before = rig.now;
            rig.usage.calls.clear();
            assertThat(chat().status()).isEqualTo(429);
            assertThat(rig.usage.calls).containsExactly(UsageFaults.Call.COUNTERS, UsageFaults.Call.COUNTERS);
            assertThat(Duration.between(before, rig.now)).isLessThan(Duration.ofSeconds(1));
            return new ApiRig().dispatcher.dispatch(job, delivery);
        };

        assertThat(chat().status()).isEqualTo(200);
    }

    @Test
    void nothingWaitsForAPlaceThatWouldNotHelpIt() {
        keyMay(most(1), NONE, NONE, most(1));
        rig.dispatcher = (job, delivery) -> {
            Instant before = rig.now;
            rig.usage.calls.clear();
            CustomerAnswer meanwhile = chat();
            assertThat(meanwhile.status()).isEqualTo(429);
            assertThat(meanwhile.json().at("/error/message").asText()).contains("requests per minute");
            assertThat(rig.usage.calls).containsExactly(UsageFaults.Call.COUNTERS);
            assertThat(rig.now).isEqualTo(before);
            return new ApiRig().dispatcher.dispatch(job, delivery);
        };

        assertThat(chat().status()).isEqualTo(200);
    }

    /** The worker's requests took 3 s each; the one in flight has been running for as long as the row says. */
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 2", "2, 1", "8, 4", "100, 50", "200, 60"})
    void aRefusalForPlacesSaysWhenOneIsLikelyGivenBack(int runningSeconds, String retryAfter) {
        keyMay(NONE, NONE, NONE, most(1));
        ApiHandler handler = rig.handler();
        for (int seen = 0; seen < 40; seen++) {
            rig.send(handler, Call.post("/v1/chat/completions", CHAT).event());
        }
        rig.dispatcher = (job, delivery) -> {
            rig.now = Fixtures.NOW.plusSeconds(runningSeconds).minus(Ledger.Terms.PRODUCTION.patience());
            CustomerAnswer meanwhile =
                    rig.send(handler, Call.post("/v1/chat/completions", CHAT).event());
            assertThat(meanwhile.status()).isEqualTo(429);
            assertThat(meanwhile.header("retry-after")).isEqualTo(retryAfter);
            assertThat(meanwhile.json().at("/error/message").asText())
                    .contains("one request is in flight, for " + runningSeconds + " s");
            return new ApiRig().dispatcher.dispatch(job, delivery);
        };

        assertThat(rig.send(handler, Call.post("/v1/chat/completions", CHAT).event())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anAnsweredRequestIsRecorded() {
        CustomerAnswer answer = chat();

        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.request().text()).isEqualTo(answer.header("x-request-id"));
            assertThat(event.account().alias()).isEqualTo("gpt-oss-20b");
            assertThat(event.tokens().completion()).isEqualTo(2);
            assertThat(event.tokens().prompt()).isPositive();
            assertThat(event.state())
                    .isEqualTo(new State.Settled(
                            new Ending(200, "ok", 1, ApiRig.EFFORT.firstToken(), Duration.ofSeconds(3))));
        });
    }

    @Test
    void theRecordIsOpenBeforeAnythingIsSent() {
        rig.dispatcher = (job, delivery) -> {
            assertThat(events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.state()).isEqualTo(new State.Open()));
            return new ApiRig().dispatcher.dispatch(job, delivery);
        };

        assertThat(chat().status()).isEqualTo(200);
    }

    @Test
    void tokensOfAnotherVocabularyAreEstimated() {
        chat();

        assertThat(events().getFirst().tokens().basis()).isEqualTo(Basis.ESTIMATED);
    }

    @Test
    void tokensThatAServerReportsAreCounted() {
        rig.dispatcher = ApiRig.answering(
                new CompletionEvent.Text("Hello"),
                new CompletionEvent.End(FinishReason.STOP, Optional.of(new Usage(17, 3))));
        chat();

        assertThat(events().getFirst().tokens()).isEqualTo(new Tokens(17, 3, Basis.COUNTED));
    }

    @Test
    void aRequestThatGotNothingUsedNothing() {
        rig.dispatcher = ApiRig.refusing(new Refusal.AttemptsFailed());
        chat();

        assertThat(events().getFirst().tokens()).isEqualTo(new Tokens(0, 0, Basis.COUNTED));
        assertThat(events().getFirst().state())
                .isEqualTo(new State.Settled(
                        new Ending(502, "upstream_error", 1, ApiRig.EFFORT.firstToken(), Duration.ofSeconds(3))));
    }

    @Test
    void aBrokenAnswerUsedWhatWasDelivered() {
        rig.dispatcher = ApiRig.refusing(new Refusal.BrokenOff(), new CompletionEvent.Text("one two three"));
        chat();

        assertThat(events().getFirst().tokens().completion()).isEqualTo(3);
    }

    @Test
    void aBugIsRecordedToo() {
        rig.dispatcher = ApiRig.breaking(new IllegalStateException("bug"));
        chat();

        assertThat(events())
                .extracting(UsageEvent::state)
                .singleElement()
                .isInstanceOfSatisfying(
                        State.Settled.class,
                        settled -> assertThat(settled.ending().outcome()).isEqualTo("server_error"));
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNTERS", "ROLL", "OPEN"})
    void withoutItsTableNobodyIsLetIn(UsageFaults.Call down) {
        rig.usage.failing = down::equals;

        CustomerAnswer answer = chat();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().at("/error/code").asText()).isEqualTo("service_unavailable");
        assertThat(answer.header("retry-after")).isEqualTo("5");
        assertThat(rig.jobs).isEmpty();
        rig.usage.failing = call -> false;
        keyMay(NONE, NONE, NONE, most(1));
        assertThat(chat().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"SETTLE", "LEAVE"})
    void anAnswerStandsThoughItCannotBeSettledAndIsClosedByTheNextReader(UsageFaults.Call down) {
        keyMay(NONE, NONE, NONE, most(1));
        rig.usage.failing = down::equals;
        CustomerAnswer answer = chat();
        rig.usage.failing = call -> false;
        rig.now = rig.now.plus(Duration.ofMinutes(7));
        CustomerAnswer usage = rig.call(Call.get("/v1/usage"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(rig.lines).anyMatch(line -> line.metrics().containsKey(Metric.UNSETTLED));
        assertThat(usage.json().at("/requests_in_flight").asInt()).isZero();
        assertThat(usage.json().at("/today/requests").asInt()).isEqualTo(1);
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.state()).isNotEqualTo(new State.Open());
            assertThat(event.tokens().basis()).isEqualTo(Basis.ESTIMATED);
        });
        assertThat(chat().status()).isEqualTo(200);
    }

    @Test
    void everyLimitResetsAtAWholeSecondAndNoneTooEarly() {
        keyMay(most(3), most(100), most(10_000), most(2));
        rig.now = Instant.parse("2026-11-23T12:00:00.000000001Z");

        JsonNode limits = rig.call(Call.get("/v1/usage")).json().path("limits");

        assertThat(limits).hasSize(4).allSatisfy(limit -> {
            assertThat(limit.path("resets_at").asText()).matches("[0-9-]+T[0-9:]{8}Z");
            assertThat(Instant.parse(limit.path("resets_at").asText())).isAfterOrEqualTo(rig.now);
        });
    }

    @Test
    void customersSeeTheirUsage() {
        keyMay(most(3), NONE, most(10_000), NONE);
        chat();
        chat();

        CustomerAnswer usage = rig.call(Call.get("/v1/usage"));

        assertThat(usage.status()).isEqualTo(200);
        assertThat(usage.json().at("/object").asText()).isEqualTo("usage");
        assertThat(usage.json().at("/plan").asText()).isEqualTo("test");
        assertThat(usage.json().at("/limits/0").toString())
                .isEqualTo("{\"limit\":\"requests_per_minute\",\"scope\":\"key\",\"most\":3,\"used\":2,\"remaining\":1,"
                        + "\"resets_at\":\"2026-11-23T12:01:01Z\"}");
        assertThat(usage.json().at("/limits/1/used").asLong())
                .isEqualTo(usage.json().at("/today/total_tokens").asLong())
                .isPositive();
        assertThat(usage.json().at("/today/date").asText()).isEqualTo("2026-11-23");
        assertThat(usage.json().at("/today/requests").asInt()).isEqualTo(2);
        assertThat(usage.json().at("/month/month").asText()).isEqualTo("2026-11");
        assertThat(usage.json().at("/month/completion_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void usageNeedsAKeyAndATable() {
        assertThat(rig.call(Call.get("/v1/usage").withoutKey()).status()).isEqualTo(401);
        rig.usage.failing = call -> true;
        assertThat(rig.call(Call.get("/v1/usage")).status()).isEqualTo(503);
    }
}
