package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The format of Gemma 4, as in Google's canonical template of 2026-07-09, which shares no control token with its predecessors: it has a
 * system role, reasons in a channel, and writes functions, calls and results in a notation of its own.
 *
 * <p>Reasoning is off unless wished for. Functions' results stand in the turn of the model, which goes on behind them.
 */
record Gemma4(Size size) implements PromptTemplate {
    private static final String START = "<|turn>";
    private static final String END = "<turn|>\n";
    private static final String OPEN_REASONING = "<|channel>thought\n";
    private static final String CLOSE_REASONING = "<channel|>";
    private static final String CALL = "<|tool_call>call:";

    /** Which of the family's two templates. */
    enum Size {
        /** E2B and E4B: nothing is closed in advance. */
        SMALL,
        /** 12B, 26B and 31B: where reasoning is off, an empty channel says so. */
        LARGE
    }

    @Override
    public Written write(Brief brief) {
        Conversation conversation = brief.instructed(Marks.GEMMA4);
        List<ConversationTurn> turns = conversation.turns();
        StringBuilder prompt = new StringBuilder();
        boolean instructed = !turns.isEmpty() && turns.getFirst() instanceof ConversationTurn.Instructions;
        if (instructed || brief.effort().wished() || !brief.offer().isEmpty()) {
            prompt.append(START).append("system\n").append(brief.effort().wished() ? "<|think|>\n" : "");
            prompt.append(instructed ? PythonText.stripped(turns.getFirst().text()) : "");
            brief.offer().functions().forEach(function -> prompt.append(GemmaNotation.declaration(function)));
            prompt.append(END);
        }
        boolean inModelTurn = append(heard(instructed ? turns.subList(1, turns.size()) : turns), prompt);
        return ending(brief, inModelTurn, prompt);
    }

    /**
     * Returns whether the model's turn is still open behind a call or its result.
     *
     * <p>Turns of the model that follow each other are one turn, and so is what it said before a call, the call, and the result.
     */
    private static boolean append(List<ConversationTurn> turns, StringBuilder prompt) {
        boolean modelSpokeLast = false;
        boolean open = false;
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i) instanceof ConversationTurn.Result) {
                continue;
            }
            List<ConversationTurn> behind = turns.subList(i + 1, turns.size());
            boolean modelSpeaks = turns.get(i) instanceof ConversationTurn.Assistant;
            prompt.append(modelSpeaks && modelSpokeLast ? "" : START + role(turns.get(i)) + "\n");
            boolean calls = turns.get(i) instanceof ConversationTurn.Assistant said
                    && !said.calls().isEmpty();
            open = calls
                    ? appendCalling((ConversationTurn.Assistant) turns.get(i), behind, prompt)
                    : appendSaid(turns.get(i), behind, prompt);
            modelSpokeLast = modelSpeaks;
        }
        return open;
    }

    /** A result without a call before it has no place in the notation: it is told as a user would tell it. */
    private static List<ConversationTurn> heard(List<ConversationTurn> said) {
        List<ConversationTurn> turns = new ArrayList<>();
        boolean called = false;
        for (ConversationTurn turn : said) {
            called = turn instanceof ConversationTurn.Assistant assistant
                    ? !assistant.calls().isEmpty()
                    : called && turn instanceof ConversationTurn.Result;
            turns.add(
                    turn instanceof ConversationTurn.Result result && !called
                            ? new ConversationTurn.User(result.text())
                            : turn);
        }
        return turns;
    }

    private static boolean appendSaid(ConversationTurn turn, List<ConversationTurn> behind, StringBuilder prompt) {
        if (turn instanceof ConversationTurn.Assistant said) {
            appendReasoning(said, prompt);
        }
        prompt.append(PythonText.stripped(turn.text()));
        boolean goesOn =
                turn instanceof ConversationTurn.Assistant && nextSpeaks(behind) instanceof ConversationTurn.Assistant;
        prompt.append(goesOn ? "" : END);
        return false;
    }

    private static boolean appendCalling(
            ConversationTurn.Assistant said, List<ConversationTurn> behind, StringBuilder prompt) {
        List<ConversationTurn.Result> results = behind.stream()
                .takeWhile(ConversationTurn.Result.class::isInstance)
                .map(ConversationTurn.Result.class::cast)
                .toList();
        String text = PythonText.stripped(said.text());
        boolean last = nextSpeaks(behind) == null;
        appendReasoning(said, prompt);
        said.calls().forEach(call -> prompt.append(GemmaNotation.call(call)));
        results.forEach(result -> prompt.append(GemmaNotation.result(result)));
        prompt.append(text);
        if (results.isEmpty()) {
            prompt.append("<|tool_response>");
        } else if (!(nextSpeaks(behind) instanceof ConversationTurn.Assistant) && !(last && text.isEmpty())) {
            prompt.append(END);
        }
        return last;
    }

    private static @Nullable ConversationTurn nextSpeaks(List<ConversationTurn> behind) {
        return behind.stream()
                .filter(turn -> !(turn instanceof ConversationTurn.Result))
                .findFirst()
                .orElse(null);
    }

    private static void appendReasoning(ConversationTurn.Assistant said, StringBuilder prompt) {
        if (!said.reasoning().isEmpty()) {
            prompt.append(OPEN_REASONING).append(said.reasoning()).append('\n').append(CLOSE_REASONING);
        }
    }

    private static String role(ConversationTurn turn) {
        return switch (turn) {
            case ConversationTurn.Instructions ignored -> "system";
            case ConversationTurn.User ignored -> "user";
            case ConversationTurn.Assistant ignored -> "model";
            case ConversationTurn.Result ignored -> "tool";
        };
    }

    private Written ending(Brief brief, boolean inModelTurn, StringBuilder prompt) {
        boolean thinks = brief.effort().wished();
        String empty = size == Size.LARGE ? OPEN_REASONING + CLOSE_REASONING : "";
        if (brief.conversation().begun().isPresent()) {
            ConversationTurn.Assistant begun = brief.conversation().begun().get();
            prompt.append(inModelTurn ? "" : START + "model\n" + empty);
            return new Written(
                    prompt.append(PythonText.strippedAtStart(begun.text())).toString(), new Opening.Begun());
        }
        if (inModelTurn && !thinks) {
            return called(brief.offer(), prompt, new Opening.Turn());
        }
        if (inModelTurn) {
            return new Written(prompt.append(OPEN_REASONING).toString(), new Opening.Reasoning());
        }
        prompt.append(START).append("model\n").append(thinks ? "" : empty);
        return called(brief.offer(), prompt, new Opening.Turn());
    }

    private static Written called(OfferedFunctions offer, StringBuilder prompt, Opening otherwise) {
        return switch (offer.choice()) {
            case OfferedFunctions.Choice.Named named ->
                new Written(
                        prompt.append(CALL).append(named.name()).append('{').toString(),
                        new Opening.CallOf(named.name()));
            case OfferedFunctions.Choice.Some ignored
            when !offer.isEmpty() -> new Written(prompt.append(CALL).toString(), new Opening.CallOfAny());
            case OfferedFunctions.Choice.Some ignored -> new Written(prompt.toString(), otherwise);
            case OfferedFunctions.Choice.Free ignored -> new Written(prompt.toString(), otherwise);
        };
    }

    @Override
    public String bos() {
        return "<bos>";
    }

    @Override
    public Marks marks() {
        return Marks.GEMMA4;
    }

    @Override
    public boolean reasonsBetweenSpecialTokens() {
        return true;
    }

    /** Without what stands in channels. */
    @Override
    public Said said(String text) {
        String said = Arrays.stream(text.split("<channel\\|>", -1))
                .map(part -> part.contains("<|channel>") ? part.substring(0, part.indexOf("<|channel>")) : part)
                .collect(Collectors.joining());
        return new Said(Optional.empty(), said);
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of(START, "<turn|>", "<eos>");
    }

    @Override
    public Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return new GemmaAnswer(opening, offer);
    }
}
