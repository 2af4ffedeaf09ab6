package network.cortensor.portal.testkit.router;

import java.util.List;

/**
 * What an OpenAI-compatible server says to one request, apart from how it is written.
 *
 * @param finishReason {@code stop}, {@code length} or {@code tool_calls}
 * @param promptTokens of the request; here, words
 * @param usage whether a stream ends with a usage chunk; whole answers always have theirs
 * @param created unix seconds
 * @param quirk how imperfectly calls are written
 */
record OpenAiAnswer(
        List<Token> tokens,
        String finishReason,
        int promptTokens,
        UsageChunk usage,
        String model,
        long created,
        Quirk quirk) {

    /** Whether a stream was asked for with {@code include_usage}. */
    enum UsageChunk {
        SENT,
        LEFT_OUT
    }

    /** The tokens of a kind, as one text. */
    static String text(List<Token> tokens, Token.Kind kind) {
        StringBuilder text = new StringBuilder();
        tokens.stream().filter(token -> token.kind() == kind).forEach(token -> text.append(token.text()));
        return text.toString();
    }

    String usageJson(List<Token> said) {
        return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(promptTokens, said.size(), promptTokens + said.size());
    }

    /** Prompts and answers are not shown. */
    @Override
    public String toString() {
        return "OpenAiAnswer[" + tokens.size() + " tokens]";
    }
}
