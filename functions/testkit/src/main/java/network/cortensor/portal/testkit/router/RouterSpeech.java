package network.cortensor.portal.testkit.router;

import java.util.ArrayList;
import java.util.List;

/** What a model behind a router says to a prompt, as tokens with the marks that routers leave in. */
final class RouterSpeech {
    private RouterSpeech() {}

    /**
     * @param maxTokens the answer is cut there, and has no stop token then; 0 if the asker named none
     * @param reasoningTokens how long the model thinks aloud
     */
    static List<Token> to(String prompt, int maxTokens, int reasoningTokens) {
        Dialect dialect = Dialect.of(prompt);
        List<Token> tokens = new ArrayList<>();
        reasoning(dialect, dialect.thinksAlready(prompt), reasoningTokens, tokens);
        if (!dialect.answerBegins().isEmpty()) {
            tokens.add(Token.mark(dialect.answerBegins()));
        }
        Words.answerTo(dialect.lastUserTurn(prompt)).forEach(word -> tokens.add(Token.word(" " + word)));
        if (maxTokens > 0 && tokens.size() > maxTokens) {
            return List.copyOf(tokens.subList(0, maxTokens));
        }
        tokens.add(Token.mark(dialect.stop()));
        return List.copyOf(tokens);
    }

    /** As text of a whole answer, which begins with two line breaks unless a mark comes first. */
    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        boolean wordFirst = !tokens.isEmpty() && tokens.getFirst().isWord();
        return wordFirst ? "\n\n" + text.toString().stripLeading() : text.toString();
    }

    private static void reasoning(Dialect dialect, boolean begun, int count, List<Token> tokens) {
        if (count == 0 && !begun) {
            return;
        }
        if (!begun) {
            tokens.add(Token.mark(dialect.reasoningBegins()));
        }
        Words.thoughts(count).forEach(word -> tokens.add(Token.reasoning(" " + word)));
        tokens.add(Token.mark(dialect.reasoningEnds()));
    }
}
