package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.items.PlanItems;
import network.cortensor.portal.local.WallCase.Front;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Limits as the users of the official SDKs meet them. */
class SdkLimitsTest {
    private static final SplittableRandom RANDOM = new SplittableRandom(11);

    private static SdkBench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = new SdkBench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    /** A key of a customer and on a plan of its own, all with the same name. */
    private record Customer(String name, String key) {
        static Customer with(Map<String, Integer> limits) {
            String key = KeyText.make("local", RANDOM).reveal();
            String name = "limited-" + Integer.toHexString(RANDOM.nextInt());
            bench.fast().plan(name, limits);
            bench.fast().key(key, Map.of("keyId", name, "customer", name, "plan", name));
            return new Customer(name, key);
        }

        OpenAIClient openAi(Front front, RecordedSleep sleep) {
            return bench.openAi(front).apiKey(key).sleeper(sleep).build();
        }

        AnthropicClient anthropic(Front front, RecordedSleep sleep) {
            return bench.anthropic(front).apiKey(key).sleeper(sleep).build();
        }

        /** As if a minute had passed and nothing been used. That there was no room is remembered for a moment, so this asks until there is. */
        void forget() {
            try (HttpClient client = HttpClient.newHttpClient()) {
                do {
                    withoutCounters();
                } while (client.send(chatRequest(), HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 429);
                withoutCounters();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("the product does not answer", e);
            }
        }

        private HttpRequest chatRequest() {
            return HttpRequest.newBuilder(bench.fast().portal().apiUrl().resolve("/v1/chat/completions"))
                    .header("authorization", "Bearer " + key)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"model\":\"gpt-oss-20b\",\"messages\":[{\"role\":\"user\",\"content\":\"one\"}]}"))
                    .build();
        }

        private void withoutCounters() {
            bench.fast()
                    .portal()
                    .dynamo()
                    .client()
                    .deleteItem(delete -> delete.tableName(
                                    bench.fast().portal().tables().usage())
                            .key(Map.of(
                                    "keyId", AttributeValue.fromS("customer#" + name),
                                    "entry", AttributeValue.fromS("counters"))));
        }

        JsonNode usage() throws Exception {
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpRequest get = HttpRequest.newBuilder(
                                bench.fast().portal().apiUrl().resolve("/v1/usage"))
                        .header("authorization", "Bearer " + key)
                        .build();
                return new ObjectMapper()
                        .readTree(client.send(get, HttpResponse.BodyHandlers.ofString())
                                .body());
            }
        }
    }

    private static ChatCompletion chat(OpenAIClient client) {
        return client.chat().completions().create(chat());
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-oss-20b")
                .addUserMessage("one two three")
                .build();
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAisUsersSeeWhatIsLeft(Front front) {
        Customer customer =
                Customer.with(Map.of(PlanItems.REQUESTS_PER_MINUTE, 5, PlanItems.TOKENS_PER_WEEK, 1_000_000));

        try (var response = customer.openAi(front, new RecordedSleep())
                .chat()
                .completions()
                .withRawResponse()
                .create(chat())) {
            assertThat(response.headers().values("x-ratelimit-limit-requests")).containsExactly("5");
            assertThat(response.headers().values("x-ratelimit-remaining-requests"))
                    .containsExactly("4");
            assertThat(response.headers().values("x-ratelimit-reset-requests")).hasSize(1);
            assertThat(response.headers().values("x-ratelimit-limit-tokens")).containsExactly("1000000");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAisSdkTriesAgainWhenItIsToldToAndThenRaises(Front front) {
        Customer customer = Customer.with(Map.of(PlanItems.REQUESTS_PER_WEEK, 1));
        RecordedSleep sleep = new RecordedSleep();
        OpenAIClient client = customer.openAi(front, sleep);
        chat(client);

        assertThatExceptionOfType(com.openai.errors.RateLimitException.class)
                .isThrownBy(() -> chat(client))
                .satisfies(e -> assertThat(e.code()).contains("rate_limit_exceeded"))
                .withMessageContaining("This account is at its limit of 1 requests per week.");
        assertThat(sleep.waits()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void openAisSdkGetsThroughOnceThereIsRoom(Front front) {
        Customer customer = Customer.with(Map.of(PlanItems.REQUESTS_PER_MINUTE, 1));
        RecordedSleep sleep = new RecordedSleep(customer::forget);
        OpenAIClient client = customer.openAi(front, sleep);
        chat(client);

        assertThat(chat(client).choices()).hasSize(1);
        assertThat(sleep.waits())
                .singleElement()
                .satisfies(wait -> assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @EnumSource(Front.class)
    void anthropicsSdkTriesAgainAndThenRaises(Front front) {
        Customer customer = Customer.with(Map.of(PlanItems.REQUESTS_PER_WEEK, 1));
        RecordedSleep sleep = new RecordedSleep();
        AnthropicClient client = customer.anthropic(front, sleep);
        MessageCreateParams message = MessageCreateParams.builder()
                .model("gpt-oss-20b")
                .maxTokens(100)
                .addUserMessage("one two three")
                .build();
        client.messages().create(message);

        assertThatExceptionOfType(com.anthropic.errors.RateLimitException.class)
                .isThrownBy(() -> client.messages().create(message))
                .withMessageContaining("rate_limit_error");
        assertThat(sleep.waits())
                .hasSize(2)
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61)));
    }

    @Test
    void oneAtATimeIsEnoughForWhoAsksAgainAtOnce() {
        Customer customer = Customer.with(Map.of(PlanItems.REQUESTS_IN_FLIGHT, 1));
        RecordedSleep sleep = new RecordedSleep();
        OpenAIClient client = customer.openAi(Front.API_GATEWAY, sleep);

        for (int request = 0; request < 20; request++) {
            assertThat(chat(client).choices()).hasSize(1);
        }
        assertThat(sleep.waits()).isEmpty();
    }

    /** An answer is there a moment before it is settled. */
    @Test
    void usageSaysWhatTheSdkSays() throws Exception {
        Customer customer = Customer.with(Map.of());
        var usage = chat(customer.openAi(Front.API_GATEWAY, new RecordedSleep()))
                .usage()
                .orElseThrow();
        JsonNode report = customer.usage();
        for (int looks = 0; report.path("requests_in_flight").asInt() > 0 && looks < 1_000; looks++) {
            report = customer.usage();
        }

        assertThat(report.at("/today/requests").asLong()).isEqualTo(1);
        assertThat(report.at("/today/prompt_tokens").asLong()).isEqualTo(usage.promptTokens());
        assertThat(report.at("/today/completion_tokens").asLong()).isEqualTo(usage.completionTokens());
    }
}
