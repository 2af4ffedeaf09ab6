package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The published prompt format of a model family: how a conversation is written to it, and how it writes back. */
enum PublishedFormat {
    /** Role names and colons, and whatever else has no marks at all. */
    PLAIN(
            "",
            "(?im)^user:",
            "(?im)\\n+^(?:system|user|assistant|tool):",
            "</s>",
            "<think>\n",
            "</think>\n\n",
            "",
            ToolSpeech.NONE),
    /** The Qwen family. */
    CHATML(
            "<|im_start|>",
            "<\\|im_start\\|>user\\n",
            "<\\|im_end\\|>",
            "<|im_end|>",
            "<think>\n",
            "</think>\n\n",
            "",
            ToolSpeech.QWEN),
    /** The Gemma family up to its third generation, which knows no system role. */
    GEMMA(
            "<start_of_turn>",
            "<start_of_turn>user\\n",
            "<end_of_turn>",
            "<end_of_turn>",
            "<think>\n",
            "</think>\n\n",
            "",
            ToolSpeech.NONE),
    /** The Gemma family from its fourth generation on. */
    GEMMA_4(
            "<|turn>",
            "<\\|turn>user\\n",
            "<turn\\|>",
            "<turn|>",
            "<|channel>thought\n",
            "<channel|>",
            "",
            ToolSpeech.GEMMA_4),
    /** The gpt-oss family. */
    HARMONY(
            "<|start|>",
            "<\\|start\\|>user<\\|message\\|>",
            "<\\|end\\|>",
            "<|return|>",
            "<|channel|>analysis<|message|>",
            "<|end|><|start|>assistant",
            "<|channel|>final<|message|>",
            ToolSpeech.HARMONY);

    /** Harmony has a section for it; the others say it in a sentence that ends before the schema. */
    private static final Pattern ANSWER_FORM =
            Pattern.compile("(?:# Response Formats\n\n## [^\n]+\n\n(?:// [^\n]*\n)*|JSON schema:\\s*)(?=\\{)");

    private final String turn;
    private final Pattern userBegins;
    private final Pattern turnEnds;
    private final String stop;
    private final String reasoningBegins;
    private final String reasoningEnds;
    private final String answerBegins;
    private final ToolSpeech tools;

    PublishedFormat(
            String turn,
            String userBegins,
            String turnEnds,
            String stop,
            String reasoningBegins,
            String reasoningEnds,
            String answerBegins,
            ToolSpeech tools) {
        this.turn = turn;
        this.userBegins = Pattern.compile(userBegins);
        this.turnEnds = Pattern.compile(turnEnds);
        this.stop = stop;
        this.reasoningBegins = reasoningBegins;
        this.reasoningEnds = reasoningEnds;
        this.answerBegins = answerBegins;
        this.tools = tools;
    }

    /** The dialect whose mark stands first: a customer's own text comes after the first turn's mark, so it cannot choose. */
    static PublishedFormat of(String prompt) {
        return Arrays.stream(values())
                .filter(dialect -> dialect != PLAIN && prompt.contains(dialect.turn))
                .min(Comparator.comparingInt(dialect -> prompt.indexOf(dialect.turn)))
                .orElse(PLAIN);
    }

    /** What the user said last, nothing if only others spoke; the whole prompt if it is no conversation. */
    String lastUserTurn(String prompt) {
        Optional<Integer> begin = userBegins
                .matcher(prompt)
                .results()
                .map(MatchResult::end)
                .filter(end -> !prompt.startsWith("<tool_response>", end))
                .reduce((former, latter) -> latter);
        if (begin.isEmpty()) {
            return this == PLAIN ? prompt : "";
        }
        String rest = prompt.substring(begin.get());
        return turnEnds.matcher(rest)
                .results()
                .findFirst()
                .map(end -> rest.substring(0, end.start()))
                .orElse(rest);
    }

    /** The schema that the answer is to fit; missing if it may be any text. */
    static JsonNode answerForm(String prompt) {
        Matcher form = ANSWER_FORM.matcher(prompt);
        return form.find() ? Wish.json(prompt.substring(form.end())) : MissingNode.getInstance();
    }

    /** How functions are offered and called. */
    ToolSpeech tools() {
        return tools;
    }

    /** What stands behind the user's last words, results of functions among it; nothing if no user spoke. */
    String behindLastUserTurn(String prompt) {
        return userBegins
                .matcher(prompt)
                .results()
                .map(MatchResult::end)
                .filter(end -> !prompt.startsWith("<tool_response>", end))
                .reduce((former, latter) -> latter)
                .map(prompt::substring)
                .orElse("");
    }

    /** Whether the prompt has already begun the model's reasoning, as some templates do. */
    boolean thinksAlready(String prompt) {
        String end = prompt.stripTrailing();
        return end.endsWith(reasoningBegins.stripTrailing());
    }

    String stop() {
        return stop;
    }

    String reasoningBegins() {
        return reasoningBegins;
    }

    String reasoningEnds() {
        return reasoningEnds;
    }

    /** Empty if answers begin without a mark. */
    String answerBegins() {
        return answerBegins;
    }
}
