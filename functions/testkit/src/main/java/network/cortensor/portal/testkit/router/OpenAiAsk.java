package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * <p>A user's {@linkplain Wish wish} is fulfilled with the tools that are given. If the last message is a user's that holds {@value
 * #CALL_MARK}, or a call is required that nobody wishes for, the answer is a call of the first tool (or of the one that {@code tool_choice}
 * names) with what its schema requires and, where the schema allows it, {@code text} with that message.
 */
final class OpenAiAsk {
    /** Makes the simulated model call a tool. */
    static final String CALL_MARK = "#call";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ARGUMENT_PIECE = 8;
    private static final String TEXT = "text";

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
        Quirk quirk = settings.quirk();
        List<Token> calls = calls(quirk);
        List<Token> tokens = calls.isEmpty() ? speech(settings) : calls;
        String finishReason = calls.isEmpty() ? "stop" : callsEnd(quirk);
        int max =
                body.path("max_completion_tokens").asInt(body.path("max_tokens").asInt());
        if (max > 0 && tokens.size() > max) {
            tokens = tokens.subList(0, max);
            finishReason = "length";
        }
        OpenAiAnswer answer =
                new OpenAiAnswer(List.copyOf(tokens), finishReason, promptTokens(), usage, model(), created, quirk);
        return new OpenAiScript(shape, form, answer);
    }

    private static String callsEnd(Quirk quirk) {
        return switch (quirk) {
            case STOP_AFTER_CALL -> "stop";
            case CUT_ARGUMENTS -> "length";
            default -> "tool_calls";
        };
    }

    private List<Token> speech(SessionSettings settings) {
        List<Token> tokens = new ArrayList<>();
        if (form == OpenAiForm.CHAT) {
            WordSplitter.thoughts(settings.reasoningTokens()).forEach(word -> tokens.add(Token.reasoning(word + " ")));
        }
        Optional<String> json = Wish.of(lastUserText()).literal();
        if (settings.quirk() != Quirk.WORDS_FOR_JSON) {
            json = json.or(this::wanted);
        }
        for (String word : json.map(List::of).orElseGet(() -> WordSplitter.answerTo(lastHeard()))) {
            boolean first = tokens.stream().noneMatch(Token::isWord);
            tokens.add(Token.word(first ? word : " " + word));
        }
        return tokens;
    }

    /** JSON of the form that is asked for. */
    private Optional<String> wanted() {
        JsonNode format = body.path("response_format");
        return switch (format.path("type").asText("")) {
            case "json_object" -> Optional.of("{}");
            case "json_schema" ->
                Optional.of(SchemaExample.of(format.at("/json_schema/schema")).toString());
            default -> Optional.empty();
        };
    }

    private List<Token> calls(Quirk quirk) {
        List<JsonNode> all = messages().toList();
        List<String> offered = StreamSupport.stream(body.path("tools").spliterator(), false)
                .map(tool -> tool.path("function").path("name").asText())
                .toList();
        List<Wish.Call> wished = Wish.of(lastUserText()).next(answered(all)).stream()
                .filter(call -> offered.contains(call.name()))
                .toList();
        if (!wished.isEmpty() && !body.path("tool_choice").asText().equals("none")) {
            return tokens(wished, quirk);
        }
        return calledTool()
                .map(tool -> tokens(List.of(new Wish.Call(tool, exampleArguments(tool))), quirk))
                .orElse(List.of());
    }

    /** What the function's schema requires, and the user's words where it says nothing against them. */
    private ObjectNode exampleArguments(String function) {
        JsonNode parameters = StreamSupport.stream(body.path("tools").spliterator(), false)
                .filter(tool -> tool.at("/function/name").asText().equals(function))
                .findFirst()
                .map(tool -> tool.at("/function/parameters"))
                .orElse(MissingNode.getInstance());
        ObjectNode arguments = JSON.createObjectNode();
        if (SchemaExample.of(parameters) instanceof ObjectNode example) {
            arguments.setAll(example);
        }
        boolean further = parameters.path("properties").isEmpty();
        return further || parameters.path("properties").has(TEXT) ? arguments.put(TEXT, lastUserText()) : arguments;
    }

    /** Results since the user last spoke. */
    private static int answered(List<JsonNode> messages) {
        int results = 0;
        for (JsonNode message : messages.reversed()) {
            String role = message.path("role").asText();
            if (role.equals("user")) {
                return results;
            }
            results += role.equals("tool") ? 1 : 0;
        }
        return results;
    }

    private static List<Token> tokens(List<Wish.Call> calls, Quirk quirk) {
        List<List<Token>> said = new ArrayList<>();
        for (int call = 0; call < calls.size(); call++) {
            said.add(tokens(calls.get(call), call, quirk));
        }
        return switch (quirk) {
            case INTERLEAVED_CALLS -> inTurn(said);
            case CUT_ARGUMENTS -> {
                List<Token> all = said.stream().flatMap(List::stream).toList();
                yield all.subList(0, all.size() - 1);
            }
            default -> said.stream().flatMap(List::stream).toList();
        };
    }

    private static List<Token> tokens(Wish.Call called, int call, Quirk quirk) {
        List<Token> tokens = new ArrayList<>();
        String name = quirk == Quirk.UNOFFERED_FUNCTION ? "no_such_function" : called.name();
        tokens.add(Token.call(name).of(call));
        String arguments = arguments(called, quirk);
        int piece = quirk == Quirk.OBJECT_ARGUMENTS ? arguments.length() : ARGUMENT_PIECE;
        for (int i = 0; i < arguments.length(); i += piece) {
            if (i > 0 && quirk == Quirk.TEXT_BETWEEN) {
                tokens.add(Token.word(" so"));
            }
            tokens.add(Token.arguments(arguments.substring(i, Math.min(arguments.length(), i + piece)))
                    .of(call));
        }
        return tokens;
    }

    private static String arguments(Wish.Call called, Quirk quirk) {
        return switch (quirk) {
            case BROKEN_ARGUMENTS -> "{\"broken\": ";
            case EMPTY_ARGUMENTS -> "";
            default -> PythonAsciiJson.write(called.arguments());
        };
    }

    /** The first pieces of all, then the second ones, and so on. */
    private static List<Token> inTurn(List<List<Token>> calls) {
        List<Token> tokens = new ArrayList<>();
        int longest = calls.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < longest; turn++) {
            for (List<Token> call : calls) {
                if (turn < call.size()) {
                    tokens.add(call.get(turn));
                }
            }
        }
        return tokens;
    }

    private Optional<String> calledTool() {
        JsonNode messages = body.path("messages");
        JsonNode last = messages.path(messages.size() - 1);
        JsonNode choice = body.path("tool_choice");
        boolean must = choice.isObject() || choice.asText().equals("required");
        boolean asked =
                last.path("role").asText().equals("user") && (must || text(last).contains(CALL_MARK));
        String first = body.path("tools").path(0).path("function").path("name").asText();
        String chosen = choice.path("function").path("name").asText(first);
        return asked && !chosen.isEmpty() ? Optional.of(chosen) : Optional.empty();
    }

    /** If the last message is the result of a function that the user wished to be called, that result. Otherwise what the user said. */
    private String lastHeard() {
        List<JsonNode> all = messages().toList();
        boolean result = !all.isEmpty() && all.getLast().path("role").asText().equals("tool");
        boolean wished = !Wish.of(lastUserText()).steps().isEmpty();
        return result && wished ? text(all.getLast()) : lastUserText();
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
                ? WordSplitter.count(lastUserText())
                : messages()
                        .mapToInt(message -> WordSplitter.count(text(message)))
                        .sum();
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
