package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a model behind a router says to a prompt, as tokens with the marks that routers leave in. */
final class RouterSpeech {
    private static final Pattern SPECIAL = Pattern.compile("<\\|[^<>\\s]*>|<[a-z_]+\\|>");

    private final String prompt;
    private final PublishedFormat dialect;
    private final SessionSettings settings;
    private final List<Token> tokens = new ArrayList<>();

    private RouterSpeech(String prompt, SessionSettings settings) {
        this.prompt = prompt;
        this.dialect = PublishedFormat.of(prompt);
        this.settings = settings;
    }

    /** @param maxTokens the answer is cut there, and has no stop token then; 0 if the asker named none */
    static List<Token> to(String prompt, int maxTokens, SessionSettings settings) {
        List<Token> said = new RouterSpeech(prompt, settings).said();
        boolean cut = maxTokens > 0 && said.size() > maxTokens + 1;
        List<Token> kept = cut ? said.subList(0, maxTokens) : said;
        return settings.quirk() == Quirk.MARKS_STRIPPED ? stripped(kept) : List.copyOf(kept);
    }

    private List<Token> said() {
        ToolSpeech tools = dialect.tools();
        Optional<String> begun = tools.begun(prompt);
        List<String> results = tools.results(dialect.behindLastUserTurn(prompt));
        Wish wish = Wish.of(dialect.lastUserTurn(prompt));
        List<Wish.Call> calls = calls(wish, begun, results.size());
        boolean closes = calls.isEmpty() || settings.quirk() != Quirk.FORGOTTEN_CLOSE;
        if (begun.isEmpty()) {
            reasoning(dialect.thinksAlready(prompt), closes);
        }
        if (calls.isEmpty()) {
            answer(wish, results);
        } else {
            call(calls, begun);
        }
        return tokens;
    }

    /** Those that the user wishes for and that were offered; what must be called is called, wish or no wish. */
    private List<Wish.Call> calls(Wish wish, Optional<String> begun, int answered) {
        List<String> offered = dialect.tools().offered(prompt);
        List<Wish.Call> next = wish.next(answered).stream()
                .filter(call -> offered.contains(call.name()))
                .toList();
        if (begun.isPresent()
                && next.stream()
                        .noneMatch(call -> begun.get().isEmpty() || call.name().equals(begun.get()))) {
            String name = begun.get().isEmpty() ? offered.getFirst() : begun.get();
            JsonNode arguments = SchemaExample.of(dialect.tools().parameters(prompt, name));
            return List.of(new Wish.Call(
                    name, arguments instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode()));
        }
        return dialect.tools().callsOneAtATime() && next.size() > 1 ? next.subList(0, 1) : next;
    }

    private void call(List<Wish.Call> calls, Optional<String> begun) {
        Optional<String> head = begun;
        for (Wish.Call call : calls) {
            Wish.Call said = settings.quirk() == Quirk.UNOFFERED_FUNCTION
                    ? new Wish.Call("no_such_function", call.arguments())
                    : call;
            tokens.addAll(dialect.tools().call(said, head, settings.quirk()));
            head = Optional.empty();
        }
        if (!dialect.tools().callsOneAtATime()) {
            tokens.add(Token.mark(dialect.stop()));
        }
    }

    private void answer(Wish wish, List<String> results) {
        if (!dialect.answerBegins().isEmpty()) {
            tokens.add(Token.mark((settings.quirk() == Quirk.ROLE_TWICE ? "assistant" : "") + dialect.answerBegins()));
        }
        Optional<String> json = wish.literal().or(this::wanted);
        if (json.isPresent()) {
            tokens.add(Token.word(json.get()));
        } else {
            String heard = results.isEmpty() ? dialect.lastUserTurn(prompt) : results.getLast();
            WordSplitter.answerTo(heard).forEach(word -> tokens.add(Token.word(" " + word)));
        }
        tokens.add(Token.mark(dialect.stop()));
    }

    /** JSON of the form that the prompt asks for. */
    private Optional<String> wanted() {
        JsonNode schema = PublishedFormat.answerForm(prompt);
        return schema.isMissingNode() || settings.quirk() == Quirk.WORDS_FOR_JSON
                ? Optional.empty()
                : Optional.of(SchemaExample.of(schema).toString());
    }

    private void reasoning(boolean begun, boolean closes) {
        int count = settings.reasoningTokens();
        if (count == 0 && !begun) {
            return;
        }
        if (!begun) {
            tokens.add(Token.mark(dialect.reasoningBegins()));
        }
        WordSplitter.thoughts(count).forEach(word -> tokens.add(Token.reasoning(" " + word)));
        tokens.add(Token.mark(closes ? dialect.reasoningEnds() : "\n"));
    }

    /** As text of a whole answer, which begins with two line breaks unless a mark comes first. */
    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token -> text.append(token.text()));
        boolean wordFirst = !tokens.isEmpty() && tokens.getFirst().isWord();
        return wordFirst ? "\n\n" + text.toString().stripLeading() : text.toString();
    }

    private static List<Token> stripped(List<Token> tokens) {
        return tokens.stream()
                .map(token ->
                        new Token(token.kind(), SPECIAL.matcher(token.text()).replaceAll(""), token.call()))
                .toList();
    }
}
