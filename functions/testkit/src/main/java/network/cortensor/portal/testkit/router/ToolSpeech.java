package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Functions in a prompt and calls in an answer, as a model family writes them: what was offered, what was returned since the user last
 * spoke, and the marks of a call.
 */
enum ToolSpeech {
    /** No such words. */
    NONE("(?!)", "(?!)") {
        @Override
        Optional<String> begun(String prompt) {
            return Optional.empty();
        }

        @Override
        List<Token> call(Wish.Call call, Optional<String> begun, Quirk quirk) {
            return List.of();
        }

        @Override
        JsonNode parameters(String prompt, String function) {
            return MissingNode.getInstance();
        }

        @Override
        boolean callsOneAtATime() {
            return true;
        }
    },
    /** Types of a TypeScript namespace, messages to a function. */
    HARMONY(
            "(?m)^type ([\\w.:/-]+) = \\(",
            "<\\|start\\|>functions\\.\\S+ to=assistant<\\|channel\\|>commentary<\\|message\\|>(.*?)<\\|end\\|>") {
        private static final String HEAD = "<|channel|>commentary to=functions.";

        @Override
        Optional<String> begun(String prompt) {
            Matcher named = Pattern.compile("to=functions\\.(\\S+) <\\|constrain\\|>json<\\|message\\|>$")
                    .matcher(prompt);
            return named.find()
                    ? Optional.of(named.group(1))
                    : prompt.endsWith(HEAD) ? Optional.of("") : Optional.empty();
        }

        @Override
        List<Token> call(Wish.Call call, Optional<String> begun, Quirk quirk) {
            List<Token> tokens = new ArrayList<>();
            String type = quirk == Quirk.PLAIN_TYPE ? " json" : " <|constrain|>json";
            if (begun.isEmpty()) {
                boolean inRole = quirk == Quirk.RECIPIENT_IN_ROLE;
                tokens.add(Token.mark(
                        inRole
                                ? " to=functions." + call.name() + "<|channel|>commentary" + type + "<|message|>"
                                : (quirk == Quirk.ROLE_TWICE ? "assistant" : "") + HEAD + call.name() + type
                                        + "<|message|>"));
            } else if (begun.get().isEmpty()) {
                tokens.add(Token.mark(call.name() + type + "<|message|>"));
            }
            tokens.addAll(pieces(
                    quirk == Quirk.BROKEN_ARGUMENTS
                            ? "{\"broken\": "
                            : call.arguments().toString()));
            if (quirk != Quirk.UNCLOSED_CALL) {
                tokens.add(Token.mark("<|call|>"));
            }
            return tokens;
        }

        @Override
        JsonNode parameters(String prompt, String function) {
            return behind("\ntype " + function + " = (_: ", prompt)
                    .<JsonNode>map(TypeScriptType::schema)
                    .orElse(MissingNode.getInstance());
        }

        @Override
        boolean callsOneAtATime() {
            return true;
        }
    },
    /** One JSON object a line, tags around each argument. */
    QWEN("\"name\": \"([\\w.:/-]+)\"", "(?s)<tool_response>\\n(.*?)\\n</tool_response>") {
        @Override
        Optional<String> begun(String prompt) {
            Matcher named = Pattern.compile("<tool_call>\\n<function=([^>\\n]*)(?:>\\n)?$")
                    .matcher(prompt);
            return named.find() ? Optional.of(named.group(1)) : Optional.empty();
        }

        @Override
        List<Token> call(Wish.Call call, Optional<String> begun, Quirk quirk) {
            List<Token> tokens = new ArrayList<>();
            if (begun.isEmpty()) {
                tokens.add(Token.mark("<tool_call>\n<function=" + call.name() + ">\n"));
            } else if (begun.get().isEmpty()) {
                tokens.add(Token.mark(call.name() + ">\n"));
            }
            for (Map.Entry<String, JsonNode> argument : call.arguments().properties()) {
                JsonNode value = argument.getValue();
                tokens.add(Token.mark("<parameter=" + argument.getKey() + ">\n"));
                tokens.addAll(pieces(value.isTextual() ? value.asText() : value.toString()));
                tokens.add(Token.mark("\n</parameter>\n"));
            }
            tokens.add(Token.mark("</function>\n" + (quirk == Quirk.UNCLOSED_CALL ? "" : "</tool_call>")));
            return tokens;
        }

        @Override
        JsonNode parameters(String prompt, String function) {
            return prompt.lines()
                    .filter(line -> line.startsWith("{\"type\": \"function\""))
                    .map(Wish::json)
                    .filter(tool -> tool.at("/function/name").asText().equals(function))
                    .findFirst()
                    .map(tool -> tool.at("/function/parameters"))
                    .orElse(MissingNode.getInstance());
        }

        @Override
        boolean callsOneAtATime() {
            return false;
        }
    },
    /** A notation of its own, with a mark for a quotation mark. */
    GEMMA_4(
            "<\\|tool>declaration:([\\w.:/-]+)\\{",
            "(?s)<\\|tool_response>response:[^{]*\\{value:<\\|\"\\|>(.*?)<\\|\"\\|>\\}<tool_response\\|>") {
        @Override
        Optional<String> begun(String prompt) {
            Matcher named = Pattern.compile("<\\|tool_call>call:([^{]*)\\{?$").matcher(prompt);
            return named.find() ? Optional.of(named.group(1)) : Optional.empty();
        }

        @Override
        List<Token> call(Wish.Call call, Optional<String> begun, Quirk quirk) {
            String quote = quirk == Quirk.JSON_QUOTES ? "\"" : "<|\"|>";
            String arguments = fields(call.arguments(), quote);
            String closer = switch (quirk) {
                case DOUBLED_CLOSER -> "}}";
                case MISSING_CLOSER -> "";
                default -> "}";
            };
            List<Token> tokens = new ArrayList<>();
            if (begun.isEmpty()) {
                tokens.add(Token.mark("<|tool_call>call:" + call.name() + "{"));
            } else if (begun.get().isEmpty()) {
                tokens.add(Token.mark(call.name() + "{"));
            }
            tokens.addAll(pieces(arguments + closer));
            if (quirk != Quirk.UNCLOSED_CALL) {
                tokens.add(Token.mark("<tool_call|>"));
            }
            return tokens;
        }

        @Override
        JsonNode parameters(String prompt, String function) {
            return behind("<|tool>declaration:" + function, prompt)
                    .map(declaration -> Gemma4Value.of(declaration).path("parameters"))
                    .orElse(MissingNode.getInstance());
        }

        @Override
        boolean callsOneAtATime() {
            return false;
        }
    };

    private static final int PIECE = 6;

    private final Pattern declaration;
    private final Pattern result;

    ToolSpeech(String declaration, String result) {
        this.declaration = Pattern.compile(declaration);
        this.result = Pattern.compile(result, Pattern.DOTALL);
    }

    /** The function whose call the prompt has begun: its name, or nothing if the model is to name it; absent if none is begun. */
    abstract Optional<String> begun(String prompt);

    abstract List<Token> call(Wish.Call call, Optional<String> begun, Quirk quirk);

    abstract boolean callsOneAtATime();

    /** The schema of a function's arguments, as far as the prompt tells it; missing if there is none. */
    abstract JsonNode parameters(String prompt, String function);

    private static Optional<String> behind(String head, String prompt) {
        int at = prompt.indexOf(head);
        return at < 0 ? Optional.empty() : Optional.of(prompt.substring(at + head.length()));
    }

    /** Functions that the model can call, in the order in which they are declared. */
    List<String> offered(String prompt) {
        return declaration
                .matcher(prompt)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** What functions returned, in a part of a prompt. */
    List<String> results(String part) {
        return result.matcher(part)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String fields(ObjectNode object, String quote) {
        return object.properties().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(field -> field.getKey() + ":" + value(field.getValue(), quote))
                .collect(Collectors.joining(","));
    }

    private static String value(JsonNode value, String quote) {
        if (value instanceof ObjectNode object) {
            return "{" + fields(object, quote) + "}";
        }
        if (value.isArray()) {
            List<String> elements = new ArrayList<>();
            value.forEach(element -> elements.add(value(element, quote)));
            return "[" + String.join(",", elements) + "]";
        }
        return value.isTextual() ? quote + value.asText() + quote : value.toString();
    }

    private static List<Token> pieces(String text) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < text.length(); i += PIECE) {
            tokens.add(Token.arguments(text.substring(i, Math.min(text.length(), i + PIECE))));
        }
        return tokens;
    }
}
