package network.cortensor.portal.prompt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call in Qwen 3.5's tags, from behind {@code <tool_call>} to its closing tag, told as JSON while it comes.
 *
 * <pre>
 *   HEAD ──function──▶ BODY ──parameter──▶ VALUE
 *     │                 │ ▲                  │ closing tag, and another tag or the end behind it
 *     │ "{"             │ └──────────────────┘
 *     ▼                 ▼ closing tag
 *   JSON              CLOSED ──closing tag of the call, or anything else──▶ OVER
 * </pre>
 *
 * <p>Values stand raw between their tags and are typed by the function's schema. A value may hold what looks like its own closing tag: it
 * ends only where the tag of another argument, or of the call's end, follows. A text is passed on while it comes, any other value once it
 * is whole. Some models write the call as one JSON object, as Qwen 3 does; that is read as well.
 */
final class QwenCall {
    private static final Pattern HEAD = Pattern.compile("\\s*<function=([^>\\n]*)>");
    private static final Pattern PARAMETER = Pattern.compile("\\s*<parameter=([^>\\n]*)>");
    private static final Pattern BODY_END = Pattern.compile("\\s*</(?:function|tool_call)>");

    private static final String BLANKS = "\\s{0,16}";
    private static final Pattern VALUE_END = Pattern.compile("\\n?(?:</parameter>" + BLANKS
            + "(?=<parameter=|</function>|</tool_call>)|(?=</function>" + BLANKS + "</tool_call>))");

    /** Where the text is over, the tags that follow a value may be missing. */
    private static final Pattern LAST_VALUE_END = Pattern.compile("\\n?</(?:parameter|function)>\\s*$");

    private final OfferedFunctions offer;
    private final StringBuilder buffer = new StringBuilder();
    private final Set<String> seen = new HashSet<>();
    private JsonNode schema = MissingNode.getInstance();
    private Typing typing = Typing.ANY;
    private boolean swallowed;
    private boolean textBegun;
    private boolean valueBegun;
    private Optional<String> begun = Optional.empty();
    private State state;

    private QwenCall(OfferedFunctions offer, State state) {
        this.offer = offer;
        this.state = state;
    }

    /** Behind {@code <tool_call>}. */
    static QwenCall unnamed(OfferedFunctions offer) {
        return new QwenCall(offer, State.HEAD);
    }

    /** Behind {@code <function=}. */
    static QwenCall ofAny(OfferedFunctions offer) {
        QwenCall call = new QwenCall(offer, State.HEAD);
        call.buffer.append("<function=");
        return call;
    }

    /** Behind {@code <function=name>}. */
    static QwenCall of(String name, OfferedFunctions offer) {
        QwenCall call = new QwenCall(offer, State.BODY);
        call.begun = Optional.of(name);
        return call;
    }

    boolean over() {
        return state == State.OVER;
    }

    /** What was read behind the call's end. */
    String rest() {
        return buffer.toString();
    }

    void read(String text, Structure.Voices voices) {
        if (begun.isPresent()) {
            name(begun.get(), voices);
            begun = Optional.empty();
        }
        buffer.append(text);
        while (step(voices)) {}
    }

    /** Whether something was decided, so that there may be more to decide. */
    private boolean step(Structure.Voices voices) {
        return switch (state) {
            case HEAD -> head(voices);
            case JSON -> json(voices);
            case BODY -> body(voices);
            case VALUE -> value(voices);
            case CLOSED -> closed();
            case OVER -> false;
        };
    }

    @SuppressWarnings("JdkObsolete") // Text comes in pieces: whether more of it could match is the question.
    private boolean head(Structure.Voices voices) {
        String text = buffer.toString();
        Matcher matcher = HEAD.matcher(text);
        if (matcher.lookingAt()) {
            buffer.delete(0, matcher.end());
            state = State.BODY;
            name(matcher.group(1).strip(), voices);
            return true;
        }
        if (text.stripLeading().startsWith("{")) {
            state = State.JSON;
            return true;
        }
        if (text.stripLeading().startsWith("<tool_call>")) {
            buffer.delete(0, text.indexOf("<tool_call>") + "<tool_call>".length());
            return true;
        }
        if (!matcher.hitEnd()) {
            voices.call("");
            state = State.CLOSED;
            return true;
        }
        return false;
    }

    private void name(String name, Structure.Voices voices) {
        voices.call(name);
        voices.arguments("{");
        schema = offer.function(name).map(OfferedFunctions.Function::parameters).orElse(MissingNode.getInstance());
    }

    private boolean json(Structure.Voices voices) {
        int end = buffer.indexOf("</tool_call>");
        if (end < 0) {
            return false;
        }
        jsonCall(buffer.substring(0, end), voices);
        buffer.delete(0, end);
        state = State.CLOSED;
        return true;
    }

    private static void jsonCall(String text, Structure.Voices voices) {
        Optional<JsonNode> call = Typing.parsed(text.strip());
        voices.call(call.map(json -> json.path("name").asText("")).orElse(""));
        JsonNode arguments = call.map(json -> json.path("arguments")).orElse(MissingNode.getInstance());
        voices.arguments(arguments.isTextual() ? arguments.asText() : arguments.toString());
        voices.callEnd();
    }

    private boolean body(Structure.Voices voices) {
        Matcher parameter = PARAMETER.matcher(buffer);
        Matcher end = BODY_END.matcher(buffer);
        boolean begins = parameter.find();
        if (end.find() && (!begins || end.start() < parameter.start())) {
            buffer.delete(0, end.group().endsWith("</tool_call>") ? end.end() - "</tool_call>".length() : end.end());
            close(voices);
            return true;
        }
        if (!begins) {
            return false;
        }
        parameter(parameter.group(1).strip(), voices);
        buffer.delete(0, parameter.end());
        return true;
    }

    /** An argument that was given already is not given again. */
    private void parameter(String name, Structure.Voices voices) {
        swallowed = !seen.add(name);
        typing = Typing.of(Typing.property(schema, name, schema), schema);
        textBegun = false;
        valueBegun = false;
        state = State.VALUE;
        if (!swallowed) {
            voices.arguments((seen.size() > 1 ? "," : "") + '"' + JsonStrings.escaped(name) + "\":");
        }
    }

    private boolean value(Structure.Voices voices) {
        if (!valueBegun) {
            if (buffer.isEmpty()) {
                return false;
            }
            if (buffer.charAt(0) == '\n') {
                buffer.deleteCharAt(0);
            }
            valueBegun = true;
        }
        Matcher end = VALUE_END.matcher(buffer);
        if (end.find()) {
            last(buffer.substring(0, end.start()), voices);
            buffer.delete(0, end.end());
            state = State.BODY;
            return true;
        }
        if (typing.textOnly()) {
            int undecided = undecided();
            piece(buffer.substring(0, undecided), voices);
            buffer.delete(0, undecided);
        }
        return false;
    }

    /** Where the first thing begins that may still turn out to be the value's end. */
    @SuppressWarnings("JdkObsolete") // Text comes in pieces: whether more of it could match is the question.
    private int undecided() {
        for (int i = 0; i < buffer.length(); i++) {
            if (buffer.charAt(i) == '\n' || buffer.charAt(i) == '<') {
                Matcher end = VALUE_END.matcher(buffer).region(i, buffer.length());
                if (!end.lookingAt() && end.hitEnd()) {
                    return i;
                }
            }
        }
        boolean half = !buffer.isEmpty() && Character.isHighSurrogate(buffer.charAt(buffer.length() - 1));
        return buffer.length() - (half ? 1 : 0);
    }

    private void piece(String text, Structure.Voices voices) {
        if (!swallowed && !text.isEmpty()) {
            voices.arguments((textBegun ? "" : "\"") + JsonStrings.escaped(text));
            textBegun = true;
        }
    }

    private void last(String text, Structure.Voices voices) {
        if (swallowed) {
            return;
        }
        if (typing.textOnly()) {
            voices.arguments((textBegun ? "" : "\"") + JsonStrings.escaped(text) + '"');
        } else {
            voices.arguments(typing.json(text));
        }
    }

    private void close(Structure.Voices voices) {
        voices.arguments("}");
        voices.callEnd();
        state = State.CLOSED;
    }

    private boolean closed() {
        String text = buffer.toString().stripLeading();
        if (text.isEmpty()) {
            return false;
        }
        boolean ends = text.startsWith("</tool_call>");
        buffer.setLength(0);
        buffer.append(ends ? text.substring("</tool_call>".length()) : text);
        state = State.OVER;
        return false;
    }

    /** The text is over: closing tags that a server or the model left out are not missed where the arguments are whole. */
    void end(boolean complete, Structure.Voices voices) {
        switch (state) {
            case VALUE -> endInValue(complete, voices);
            case JSON -> jsonCall(buffer.toString(), voices);
            case BODY -> {
                if (begun.isEmpty()) {
                    endInBody(complete, voices);
                }
            }
            case HEAD -> voices.callCut();
            case CLOSED, OVER -> {}
        }
    }

    private void endInBody(boolean complete, Structure.Voices voices) {
        if (complete || (!seen.isEmpty() && buffer.toString().isBlank())) {
            close(voices);
        } else {
            voices.callCut();
        }
    }

    private void endInValue(boolean complete, Structure.Voices voices) {
        Matcher end = LAST_VALUE_END.matcher(buffer);
        if (end.find()) {
            last(buffer.substring(0, end.start()), voices);
            close(voices);
        } else if (complete) {
            last(buffer.toString(), voices);
            close(voices);
        } else {
            if (typing.textOnly()) {
                piece(buffer.toString(), voices);
            }
            voices.callCut();
        }
    }

    private enum State {
        HEAD,
        JSON,
        BODY,
        VALUE,
        CLOSED,
        OVER
    }
}
