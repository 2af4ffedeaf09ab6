package network.cortensor.portal.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Message;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Protocol.RawText;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.tokens.PromptTokens;
import network.cortensor.portal.tokens.TokenCounter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every format to the texts that its model's own renderer made of the same conversations. They stand in {@code src/test/conformance},
 * beside the script that makes them anew, and beside the rows that say where and why the product writes something else.
 */
class ConformanceTest {
    private static final Path FOLDER = Path.of("src", "test", "conformance");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final RawText SERVER = new RawText(true, SpecialTokens.KEPT);

    @ParameterizedTest
    @MethodSource("conversations")
    void thePromptIsTheRenderersTextOrARowSaysWhyNot(
            JsonNode conversation, PromptFormat format, Optional<String> official, Optional<String> ours) {
        CompletionRequest request = request(conversation, format);

        if (ours.isPresent()) {
            assertThat(ours).as("a row that differs from the renderer").isNotEqualTo(official);
        }
        assertThat(Prompt.of(request, SERVER, TODAY).text())
                .isEqualTo(ours.or(() -> official).orElseThrow());
    }

    static Stream<Arguments> conversations() throws IOException {
        JsonNode conversations = read("conversations.json");
        JsonNode differences = read("differences.json");
        List<Arguments> arguments = new ArrayList<>();
        for (PromptFormat format : PromptFormat.values()) {
            if (format == PromptFormat.PLAIN) {
                continue;
            }
            JsonNode official = read(format.word() + ".json");
            for (JsonNode conversation : conversations) {
                String name = conversation.path("name").asText();
                JsonNode row = differences.path(format.word()).path(name);
                if (served(conversation, format)) {
                    arguments.add(argumentSet(
                            format.word() + ": " + name,
                            conversation,
                            format,
                            Optional.ofNullable(official.path(name).textValue()),
                            Optional.ofNullable(row.path("ours").textValue())));
                }
            }
        }
        return arguments.stream();
    }

    /** Random schemas, calls and results; the texts stand in git, so that the test needs neither the seeds nor the renderers. */
    @ParameterizedTest
    @MethodSource("inventedConversations")
    void declarationsCallsAndResultsAreTheRenderersText(JsonNode conversation, PromptFormat format, String official) {
        assertThat(Prompt.of(request(conversation, format), SERVER, TODAY).text())
                .isEqualTo(official);
    }

    static Stream<Arguments> inventedConversations() throws IOException {
        JsonNode conversations = read("generated-conversations.json");
        JsonNode differences = read("differences.json");
        List<Arguments> arguments = new ArrayList<>();
        for (PromptFormat format : List.of(PromptFormat.HARMONY, PromptFormat.QWEN3_5, PromptFormat.GEMMA4)) {
            JsonNode official = read("generated-" + format.word() + ".json");
            for (JsonNode conversation : conversations) {
                String name = conversation.path("name").asText();
                JsonNode row = differences.path(format.word()).path(name);
                arguments.add(argumentSet(
                        format.word() + ": " + name,
                        conversation,
                        format,
                        row.path("ours").asText(official.path(name).asText())));
            }
        }
        return arguments.stream();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void gptOssIsToldTheSizeThatOpenAiHarmonyTells(JsonNode conversation, long size) {
        assertThat(new PromptTokens(new TokenCounter()).of(request(conversation, PromptFormat.HARMONY)))
                .isEqualTo(size);
    }

    static Stream<Arguments> sizes() throws IOException {
        JsonNode sizes = read("harmony-tokens.json");
        return StreamSupport.stream(read("conversations.json").spliterator(), false)
                .filter(conversation -> sizes.has(conversation.path("name").asText()))
                .map(conversation -> {
                    String name = conversation.path("name").asText();
                    return argumentSet(name, conversation, sizes.path(name).asLong());
                });
    }

    /** A renderer accepts what it accepts; so many of it the table holds at least. */
    @ParameterizedTest
    @EnumSource(value = PromptFormat.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void atLeastSixtyConversationsAreTheRenderersOwnTexts(PromptFormat format) throws IOException {
        JsonNode rows = read("differences.json").path(format.word());
        long same = StreamSupport.stream(read("conversations.json").spliterator(), false)
                .filter(conversation -> served(conversation, format))
                .filter(conversation -> !rows.has(conversation.path("name").asText()))
                .count();

        assertThat(same).isGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource(value = PromptFormat.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void everyRowHasItsReason(PromptFormat format) throws IOException {
        for (Map.Entry<String, JsonNode> row :
                read("differences.json").path(format.word()).properties()) {
            assertThat(row.getValue().path("why").asText()).as(row.getKey()).isNotBlank();
        }
    }

    /** Whether requests of that kind are sent to prompt-only targets of that format at all. */
    private static boolean served(JsonNode conversation, PromptFormat format) {
        boolean tools = conversation.has("tools")
                || StreamSupport.stream(conversation.path("messages").spliterator(), false)
                        .anyMatch(message -> message.has("tool_calls"));
        return switch (format) {
            case QWEN3, GEMMA3, PLAIN -> !tools;
            case QWEN3_5, QWEN3_5_SMALL, GEMMA4, GEMMA4_SMALL, HARMONY -> true;
        };
    }

    private static JsonNode read(String file) throws IOException {
        return JSON.readTree(FOLDER.resolve(file).toFile());
    }

    private static CompletionRequest request(JsonNode conversation, PromptFormat format) {
        List<Message> messages = new ArrayList<>();
        conversation.path("messages").forEach(message -> messages.add(message(message)));
        Optional<Tools> tools =
                json(conversation.path("tools")).map(text -> new Tools(text, Optional.empty(), Tools.Calls.ANY_NUMBER));
        Sampling sampling = new Sampling(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(conversation.path("effort").textValue()));
        return new CompletionRequest(
                new Input.Chat(messages),
                format,
                100,
                sampling,
                List.of(),
                tools,
                json(conversation.path("responseFormat")));
    }

    private static Optional<JsonText> json(JsonNode node) {
        return node.isMissingNode() ? Optional.empty() : Optional.of(new JsonText(node.toString()));
    }

    private static Message message(JsonNode json) {
        List<Message.ToolCall> calls = new ArrayList<>();
        json.path("tool_calls")
                .forEach(call -> calls.add(new Message.ToolCall(
                        call.path("id").asText(),
                        call.path("function").path("name").asText(),
                        call.path("function").path("arguments").asText())));
        List<Message.Part> content = new ArrayList<>();
        if (json.has("reasoning_content")) {
            content.add(
                    new Message.Part.Reasoning(json.path("reasoning_content").asText()));
        }
        content.add(new Message.Part.Text(json.path("content").asText()));
        return new Message(
                Message.Role.valueOf(json.path("role").asText().toUpperCase(Locale.ROOT)),
                content,
                calls,
                Optional.ofNullable(json.path("tool_call_id").textValue()));
    }
}
