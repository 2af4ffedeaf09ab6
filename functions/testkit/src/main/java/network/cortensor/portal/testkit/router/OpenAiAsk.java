package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import network.cortensor.portal.testkit.router.OpenAiAnswer.UsageChunk;

/**
 * The body of a request to an OpenAI-compatible server, as far as it changes what the simulated model says.
 *
 * <p>If tools are given and the last message is a user's that holds {@value #CALL_MARK}, the answer is a call of the first tool (or of
 * the one that {@code tool_choice} names) with the argument {@code {"text": …}}, in which that message stands.
 */
final class OpenAiAsk {
    /** Makes the simulated model call a tool. */
    static final String CALL_MARK = "#call";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ARGUMENT_PIECE = 8;

    private final JsonNode body;
    private final OpenAiForm form;

    private OpenAiAsk(JsonNode body, OpenAiForm form) {
        this.body = body;
        this.form = form;
    }

    /** Empty if it is no JSON object with a model and something to answer to. */
    static Optional<OpenAiAsk> of(String text, OpenAiForm form) {
        try {
            JsonNode body = JSON.readTree(text);
            boolean asks = body != null
                    && body.path("model").isTextual()
                    && (form == OpenAiForm.CHAT
                            ? body.path("messages").isArray()
                            : body.path("prompt").isTextual());
            return asks ? Optional.of(new OpenAiAsk(body, form)) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String model() {
        return body.path("model").asText();
    }

    /** @param created unix seconds */
    OpenAiScript script(SessionSettings settings, long created) {
        Shape shape = body.path("stream").asBoolean() ? Shape.STREAMED : Shape.WHOLE;
        UsageChunk usage =
                body.path("stream_options").path("include_usage").asBoolean() ? UsageChunk.SENT : UsageChunk.LEFT_OUT;
        Optional<String> tool = calledTool();
        List<Token> tokens = tool.map(this::call).orElseGet(() -> speech(settings.reasoningTokens()));
        String finishReason = tool.isPresent() ? "tool_calls" : "stop";
        int max =
                body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt());
        if (max > 0 && tokens.size() > max) {
            tokens = tokens.subList(0, max);
            finishReason = "length";
        }
        OpenAiAnswer answer =
                new OpenAiAnswer(List.copyOf(tokens), finishReason, promptTokens(), usage, model(), created);
        return new OpenAiScript(shape, form, answer);
    }

    private List<Token> speech(int reasoningTokens) {
        List<Token> tokens = new ArrayList<>();
        if (form == OpenAiForm.CHAT) {
            Words.thoughts(reasoningTokens).forEach(word -> tokens.add(Token.reasoning(word + " ")));
        }
        for (String word : Words.answerTo(lastUserText())) {
            boolean first = tokens.stream().noneMatch(Token::isWord);
            tokens.add(Token.word(first ? word : " " + word));
        }
        return tokens;
    }

    private List<Token> call(String tool) {
        List<Token> tokens = new ArrayList<>();
        tokens.add(Token.call(tool));
        String arguments = "{\"text\": " + PythonJson.quote(lastUserText()) + "}";
        for (int i = 0; i < arguments.length(); i += ARGUMENT_PIECE) {
            tokens.add(Token.arguments(arguments.substring(i, Math.min(arguments.length(), i + ARGUMENT_PIECE))));
        }
        return tokens;
    }

    private Optional<String> calledTool() {
        JsonNode messages = body.path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        boolean asked = last.path("role").asText().equals("user") && text(last).contains(CALL_MARK);
        String first = body.path("tools").path(0).path("function").path("name").asText();
        String chosen = body.path("tool_choice").path("function").path("name").asText(first);
        return asked && !chosen.isEmpty() ? Optional.of(chosen) : Optional.empty();
    }

    private String lastUserText() {
        return form == OpenAiForm.TEXT
                ? body.path("prompt").asText()
                : messages()
                        .filter(message -> message.path("role").asText().equals("user"))
                        .reduce((former, latter) -> latter)
                        .map(OpenAiAsk::text)
                        .orElse("");
    }

    private int promptTokens() {
        return form == OpenAiForm.TEXT
                ? Words.count(lastUserText())
                : messages().mapToInt(message -> Words.count(text(message))).sum();
    }

    private Stream<JsonNode> messages() {
        return StreamSupport.stream(body.path("messages").spliterator(), false);
    }

    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isTextual()) {
            return content.asText();
        }
        return StreamSupport.stream(content.spliterator(), false)
                .map(part -> part.path("text").asText())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
