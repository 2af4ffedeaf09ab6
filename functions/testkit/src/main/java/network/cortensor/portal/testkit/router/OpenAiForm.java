package network.cortensor.portal.testkit.router;

import java.util.List;

/** How the two kinds of OpenAI completions write a piece of text. */
enum OpenAiForm {
    /** {@code /v1/chat/completions}. */
    CHAT("chatcmpl-", "chat.completion", "chat.completion.chunk") {
        @Override
        String opening() {
            return "\"delta\":{\"role\":\"assistant\",\"content\":\"\"}";
        }

        @Override
        String piece(Token token) {
            String text = PythonJson.quote(token.text());
            return switch (token.kind()) {
                case WORD, MARK -> "\"delta\":{\"content\":" + text + "}";
                case REASONING -> "\"delta\":{\"reasoning_content\":" + text + "}";
                case CALL ->
                    "\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
                            .formatted(CALL_ID, text);
                case ARGUMENTS ->
                    "\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]}".formatted(text);
            };
        }

        @Override
        String nothing() {
            return "\"delta\":{}";
        }

        @Override
        String whole(List<Token> tokens) {
            String name = OpenAiAnswer.text(tokens, Token.Kind.CALL);
            String content = PythonJson.quote(OpenAiAnswer.text(tokens, Token.Kind.WORD));
            String reasoning = OpenAiAnswer.text(tokens, Token.Kind.REASONING);
            String thought = reasoning.isEmpty() ? "" : ",\"reasoning_content\":" + PythonJson.quote(reasoning);
            if (name.isEmpty()) {
                return "\"message\":{\"role\":\"assistant\",\"content\":" + content + thought + "}";
            }
            return ("\"message\":{\"role\":\"assistant\",\"content\":null%s,\"tool_calls\":[{\"id\":\"%s\",\"type\":\"function\","
                            + "\"function\":{\"name\":%s,\"arguments\":%s}}]}")
                    .formatted(
                            thought,
                            CALL_ID,
                            PythonJson.quote(name),
                            PythonJson.quote(OpenAiAnswer.text(tokens, Token.Kind.ARGUMENTS)));
        }
    },
    /** {@code /v1/completions}. */
    TEXT("cmpl-", "text_completion", "text_completion") {
        @Override
        String opening() {
            return "";
        }

        @Override
        String piece(Token token) {
            return "\"text\":" + PythonJson.quote(token.text());
        }

        @Override
        String nothing() {
            return "\"text\":\"\"";
        }

        @Override
        String whole(List<Token> tokens) {
            return "\"text\":" + PythonJson.quote(OpenAiAnswer.text(tokens, Token.Kind.WORD));
        }
    };

    private static final String CALL_ID = "call_simulated";

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

    abstract String piece(Token token);

    /** What the event with the finish reason says. */
    abstract String nothing();

    abstract String whole(List<Token> tokens);

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
