package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.AnthropicException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseOutputText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import network.cortensor.portal.local.WallCase.Api;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.local.WallCase.Mode;
import network.cortensor.portal.local.WallCase.Scope;
import network.cortensor.portal.testkit.router.Fault;
import org.junit.jupiter.api.Test;

/**
 * What the official SDKs make of every fault of the wall, where all targets have it: the whole answer, or an exception. They take a stream
 * that just ends for a whole one, so it is on us that none does.
 */
class SdkFaultsTest {
    /** Fewer than workers, so that no case waits for another. */
    private static final int AT_ONCE = 6;

    private static final String RAISED = "raised";

    /** What became of a case. */
    private record Result(WallCase tried, String outcome) {
        boolean good() {
            return tried.expected().startsWith("answer") ? outcome.equals(tried.expected()) : outcome.equals(RAISED);
        }
    }

    @Test
    void everyFaultIsAWholeAnswerOrAnException() throws Exception {
        try (SdkBench bench = new SdkBench()) {
            List<Callable<Result>> runs = new ArrayList<>();
            for (Front front : Front.values()) {
                OpenAIClient openAi = bench.openAi(front).maxRetries(0).build();
                AnthropicClient anthropic = bench.anthropic(front).maxRetries(0).build();
                for (WallCase each : cases(front)) {
                    String alias =
                            bench.model(each.faulty(), "live", each.times()).alias();
                    runs.add(() -> new Result(each, outcome(() -> switch (each.api()) {
                        case CHAT -> chat(openAi, alias, each.mode());
                        case COMPLETIONS -> continuation(openAi, alias, each.mode());
                        case MESSAGES -> message(anthropic, alias, each.mode());
                        case RESPONSES -> response(openAi, alias, each.mode());
                    })));
                }
            }

            assertThat(AtOnce.run(AT_ONCE, runs))
                    .allSatisfy(result -> assertThat(result)
                            .as(
                                    "%s, expected: %s",
                                    result.tried(), result.tried().expected())
                            .matches(Result::good));
        }
    }

    private static List<WallCase> cases(Front front) {
        List<WallCase> cases = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            for (Mode mode : Mode.values()) {
                for (Api api : Api.values()) {
                    cases.add(new WallCase(fault, Scope.ALL, mode, api, front));
                }
            }
        }
        return cases;
    }

    private static String outcome(Callable<String> call) throws Exception {
        try {
            return CustomerCall.words(call.call(), WallCase.TEXT);
        } catch (OpenAIException | AnthropicException e) {
            return RAISED;
        }
    }

    private static String chat(OpenAIClient client, String alias, Mode mode) {
        ChatCompletionCreateParams asked = ChatCompletionCreateParams.builder()
                .model(alias)
                .addUserMessage(WallCase.TEXT)
                .build();
        if (mode == Mode.WHOLE) {
            return text(client.chat().completions().create(asked));
        }
        ChatCompletionAccumulator sum = ChatCompletionAccumulator.create();
        try (var stream = client.chat().completions().createStreaming(asked)) {
            stream.stream().forEach(sum::accumulate);
        }
        return text(sum.chatCompletion());
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private static String continuation(OpenAIClient client, String alias, Mode mode) {
        CompletionCreateParams asked = CompletionCreateParams.builder()
                .model(alias)
                .prompt(WallCase.TEXT)
                .build();
        if (mode == Mode.WHOLE) {
            return client.completions().create(asked).choices().getFirst().text();
        }
        try (var stream = client.completions().createStreaming(asked)) {
            return stream.stream()
                    .map(chunk -> chunk.choices().getFirst().text())
                    .collect(Collectors.joining());
        }
    }

    private static String message(AnthropicClient client, String alias, Mode mode) {
        MessageCreateParams asked = MessageCreateParams.builder()
                .model(alias)
                .maxTokens(100)
                .addUserMessage(WallCase.TEXT)
                .build();
        if (mode == Mode.WHOLE) {
            return text(client.messages().create(asked));
        }
        MessageAccumulator sum = MessageAccumulator.create();
        try (var stream = client.messages().createStreaming(asked)) {
            stream.stream().forEach(sum::accumulate);
        }
        return text(sum.message());
    }

    private static String response(OpenAIClient client, String alias, Mode mode) {
        ResponseCreateParams asked =
                ResponseCreateParams.builder().model(alias).input(WallCase.TEXT).build();
        if (mode == Mode.WHOLE) {
            return text(client.responses().create(asked));
        }
        ResponseAccumulator sum = ResponseAccumulator.create();
        try (var stream = client.responses().createStreaming(asked)) {
            stream.stream().forEach(sum::accumulate);
        }
        return text(sum.response());
    }

    private static String text(Response response) {
        return response.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(part -> part.outputText().stream())
                .map(ResponseOutputText::text)
                .collect(Collectors.joining());
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }
}
