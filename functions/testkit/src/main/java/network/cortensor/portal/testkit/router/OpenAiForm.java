package network.cortensor.portal.testkit.router;

import java.util.List;
import java.util.stream.Collectors;

/** How the two kinds of OpenAI completions write a piece of text. */
enum OpenAiForm {
    /** {@code /v1/chat/completions}. */
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk") {
        @Override
        String opening() {
            return "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}";
        }

        @Override
        String piece(Token token, Quirk quirk) {
            String text = PythonAsciiJson.quote(token.text());
            return switch (token.kind()) {
                case WORD, MARK -> "\"delta\":{\"content\":" + text + "}";
                case REASONING -> "\"delta\":{\"reasoning_content\":" + text + "}";
                case CALL ->
                    "\"delta\":{\"tool_calls\":[{%s%s\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
                            .formatted(index(token, quirk), id(token, quirk), text);
                case ARGUMENTS -> {
                    String arguments = quirk == Quirk.OBJECT_ARGUMENTS ? token.text() : text;
                    yield "\"delta\":{\"tool_calls\":[{%s\"function\":{\"arguments\":%s}}]}"
                            .formatted(index(token, quirk), arguments);
                }
            };
        }

        @Override
        String nothing() {
            return "\"delta\":{}";
        }

        @Override
        String whole(List<Token> tokens, Quirk quirk) {
            String content = PythonAsciiJson.quote(OpenAiAnswer.text(tokens, Token.Kind.WORD));
            String reasoning = OpenAiAnswer.text(tokens, Token.Kind.REASONING);
            String thought = reasoning.isEmpty() ? "" : ",\"reasoning_content\":" + PythonAsciiJson.quote(reasoning);
            String calls = tokens.stream()
                    .filter(token -> token.kind() == Token.Kind.CALL)
                    .map(call -> call(call, tokens, quirk))
                    .collect(Collectors.joining(","));
            return calls.isEmpty()
                    ? "\"message\":{\"role\":\"assistant\",\"content\":" + content + thought + "}"
                    : "\"message\":{\"role\":\"assistant\",\"content\":null%s,\"tool_calls\":[%s]}"
                            .formatted(thought, calls);
        }

        private static String call(Token call, List<Token> tokens, Quirk quirk) {
            String arguments = tokens.stream()
                    .filter(token -> token.kind() == Token.Kind.ARGUMENTS && token.call() == call.call())
                    .map(Token::text)
                    .collect(Collectors.joining());
            return "{%s\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
                    .formatted(
                            id(call, quirk),
                            PythonAsciiJson.quote(call.text()),
                            quirk == Quirk.OBJECT_ARGUMENTS ? arguments : PythonAsciiJson.quote(arguments));
        }
    },
    /** {@code /v1/completions}. */
    TEXT("cmpl-", "text_completion", "text_completion") {
        @Override
        String opening() {
            return "";
        }

        @Override
        String piece(Token token, Quirk quirk) {
            return "\"text\":" + PythonAsciiJson.quote(token.text());
        }

        @Override
        String nothing() {
            return "\"text\":\"\"";
        }

        @Override
        String whole(List<Token> tokens, Quirk quirk) {
            return "\"text\":" + PythonAsciiJson.quote(OpenAiAnswer.text(tokens, Token.Kind.WORD));
        }
    };

    private static final String CALL_ID = "call_simulated";

    private static String index(Token token, Quirk quirk) {
        return switch (quirk) {
            case NO_INDEX -> "";
            case SAME_INDEX -> "\"index\":0,";
            default -> "\"index\":" + token.call() + ",";
        };
    }

    private static String id(Token token, Quirk quirk) {
        String number = token.call() == 0 ? "" : "_" + token.call();
        return quirk == Quirk.NO_ID ? "" : "\"id\":\"" + CALL_ID + number + "\",";
    }

    private final String idPrefix;
    private final String object;
    private final String chunkObject;

    OpenAiForm(String idPrefix, String object, String chunkObject) {
        this.idPrefix = idPrefix;
        this.object = object;
        this.chunkObject = chunkObject;
    }

    /** What a stream's first event says before any token; empty if nothing. */
    abstract String opening();

    abstract String piece(Token token, Quirk quirk);

    /** What the event with the finish reason says. */
    abstract String nothing();

    abstract String whole(List<Token> tokens, Quirk quirk);

    String idPrefix() {
        return idPrefix;
    }

    String object() {
        return object;
    }

    String chunkObject() {
        return chunkObject;
    }
}
