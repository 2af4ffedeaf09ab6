package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The format of Qwen 3.5, as in the chat template of Qwen3.5-4B of April 2026: texts are trimmed, the prompt itself opens the reasoning or
 * closes it in advance, and functions are called in tags, each argument raw between two of its own.
 *
 * <p>The template refuses system turns behind the first; they are a part of the first here.
 *
 * @param habit what the model does where the customer has no wish
 */
record Qwen35(Effort habit) implements PromptTemplate {
    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>\n";

    /** Fixed by the template around the functions' definitions. */
    private static final String BEFORE_TOOLS = "# Tools\n\nYou have access to the following functions:\n\n<tools>";

    private static final String AFTER_TOOLS = """

        </tools>

        If you choose to call a function ONLY reply in the following format with NO suffix:

        <tool_call>
        <function=example_function_name>
        <parameter=example_parameter_1>
        value_1
        </parameter>
        <parameter=example_parameter_2>
        This is the value for the second parameter
        that can span
        multiple lines
        </parameter>
        </function>
        </tool_call>

        <IMPORTANT>
        Reminder:
        - Function calls MUST follow the specified format: an inner <function=...></function> block must be nested within <tool_call></tool_call> XML tags
        - Required parameters MUST be specified
        - You may provide optional reasoning for your function call in natural language BEFORE the function call, but NOT after
        - If there is no function call available, answer the question like normal with your current knowledge and do not tell the user about function calls
        </IMPORTANT>\
        """;

    @Override
    public Written write(Brief brief) {
        Conversation conversation = brief.instructed(Marks.QWEN);
        StringBuilder prompt = new StringBuilder();
        system(conversation, brief.offer(), prompt);
        List<ConversationTurn> turns = conversation.turns().stream()
                .filter(turn -> !(turn instanceof ConversationTurn.Instructions))
                .toList();
        int lastQuestion = turns.stream()
                .map(ConversationTurn.User.class::isInstance)
                .toList()
                .lastIndexOf(true);
        for (int i = 0; i < turns.size(); i++) {
            switch (turns.get(i)) {
                case ConversationTurn.Instructions ignored -> {}
                case ConversationTurn.User user -> append(prompt, "user\n" + PythonText.stripped(user.text()));
                case ConversationTurn.Assistant said -> append(prompt, "assistant\n" + said(said, i > lastQuestion));
                case ConversationTurn.Result result -> {
                    boolean first = i == 0 || !(turns.get(i - 1) instanceof ConversationTurn.Result);
                    boolean last = i == turns.size() - 1 || !(turns.get(i + 1) instanceof ConversationTurn.Result);
                    prompt.append(first ? START + "user" : "")
                            .append("\n<tool_response>\n")
                            .append(PythonText.stripped(result.text()))
                            .append("\n</tool_response>")
                            .append(last ? END : "");
                }
            }
        }
        prompt.append(START).append("assistant\n");
        return ending(brief, prompt);
    }

    private static void system(Conversation conversation, OfferedFunctions offer, StringBuilder prompt) {
        String text = conversation.turns().stream()
                .filter(ConversationTurn.Instructions.class::isInstance)
                .map(turn -> PythonText.stripped(turn.text()))
                .collect(Collectors.joining("\n\n"))
                .strip();
        if (!offer.isEmpty()) {
            String definitions = offer.functions().stream()
                    .map(function -> "\n" + PythonUnicodeJson.write(function.definition()))
                    .collect(Collectors.joining());
            String tools = BEFORE_TOOLS + Marks.QWEN.broken(definitions) + AFTER_TOOLS;
            append(prompt, "system\n" + tools + (text.isEmpty() ? "" : "\n\n" + text));
        } else if (conversation.turns().stream().anyMatch(ConversationTurn.Instructions.class::isInstance)) {
            append(prompt, "system\n" + text);
        }
    }

    private static void append(StringBuilder prompt, String turn) {
        prompt.append(START).append(turn).append(END);
    }

    /** @param open whether no question follows, so that the model sees what it thought */
    private static String said(ConversationTurn.Assistant said, boolean open) {
        String text = PythonText.stripped(said.text());
        StringBuilder turn = new StringBuilder();
        if (open) {
            turn.append("<think>\n")
                    .append(PythonText.stripped(said.reasoning()))
                    .append("\n</think>\n\n");
        }
        turn.append(text);
        for (int i = 0; i < said.calls().size(); i++) {
            turn.append(i > 0 ? "\n" : text.isEmpty() ? "" : "\n\n");
            call(said.calls().get(i), turn);
        }
        return turn.toString();
    }

    private static void call(ConversationTurn.Call call, StringBuilder turn) {
        turn.append("<tool_call>\n<function=").append(call.name()).append(">\n");
        for (Map.Entry<String, JsonNode> argument : call.fields()) {
            turn.append("<parameter=")
                    .append(Marks.QWEN.broken(argument.getKey()))
                    .append(">\n");
            turn.append(Marks.QWEN.broken(raw(argument.getValue()))).append("\n</parameter>\n");
        }
        turn.append("</function>\n</tool_call>");
    }

    /** As Python turns a value into text. */
    private static String raw(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, ARRAY -> PythonUnicodeJson.write(value);
            case STRING -> value.asText();
            case NUMBER -> PythonUnicodeJson.number(value);
            case BOOLEAN -> value.asBoolean() ? "True" : "False";
            default -> "None";
        };
    }

    private Written ending(Brief brief, StringBuilder prompt) {
        Optional<ConversationTurn.Assistant> begun = brief.conversation().begun();
        if (begun.isPresent()) {
            prompt.append("<think>\n")
                    .append(PythonText.stripped(begun.get().reasoning()))
                    .append("\n</think>\n\n");
            return new Written(
                    prompt.append(PythonText.strippedAtStart(begun.get().text()))
                            .toString(),
                    new Opening.Begun());
        }
        return switch (brief.offer().choice()) {
            case OfferedFunctions.Choice.Some ignored
            when !brief.offer().isEmpty() ->
                new Written(
                        prompt.append(Qwen3.NO_REASONING)
                                .append("<tool_call>\n<function=")
                                .toString(),
                        new Opening.CallOfAny());
            case OfferedFunctions.Choice.Named named ->
                new Written(
                        prompt.append(Qwen3.NO_REASONING)
                                .append("<tool_call>\n<function=")
                                .append(named.name())
                                .append(">\n")
                                .toString(),
                        new Opening.CallOf(named.name()));
            case OfferedFunctions.Choice.Some ignored -> reasoning(brief.effort(), prompt);
            case OfferedFunctions.Choice.Free ignored -> reasoning(brief.effort(), prompt);
        };
    }

    private Written reasoning(Effort wished, StringBuilder prompt) {
        Effort effort = wished == Effort.UNSET ? habit : wished;
        return effort == Effort.NONE
                ? new Written(prompt.append(Qwen3.NO_REASONING).toString(), new Opening.Answer())
                : new Written(prompt.append(Qwen3.OPEN_REASONING).toString(), new Opening.Reasoning());
    }

    @Override
    public Said said(String text) {
        return Qwen3.tagged(text);
    }

    @Override
    public Marks marks() {
        return Marks.QWEN;
    }

    @Override
    public Set<String> turnEnds() {
        return new Qwen3().turnEnds();
    }

    @Override
    public Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return TaggedAnswer.ofQwen(opening, offer, arrival);
    }
}
