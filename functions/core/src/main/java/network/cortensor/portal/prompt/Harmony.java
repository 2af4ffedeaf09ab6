package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The format of gpt-oss, as openai-harmony 0.0.8 writes it. The system message is the model's own and names date, effort and channels; what
 * customers call a system prompt is the developer message, which also declares functions and the form of the answer. Earlier answers stand
 * in the final channel, and earlier reasoning is left out, as the format demands; that of an open loop of calls comes back, until an answer
 * has ended the loop.
 */
record Harmony() implements PromptTemplate {
    private static final String CALLS_CHANNEL =
            "\nCalls to these tools must go to the commentary channel: 'functions'.";

    private static final String ASSISTANT = "<|start|>assistant";

    @Override
    public Written write(Brief brief) {
        StringBuilder prompt = new StringBuilder();
        String system = """
            You are ChatGPT, a large language model trained by OpenAI.
            Knowledge cutoff: 2024-06
            Current date: %s

            Reasoning: %s

            # Valid channels: analysis, commentary, final. Channel must be included for every message.\
            """.formatted(brief.today(), level(brief.effort()));
        append(prompt, "system", system + (brief.offer().isEmpty() ? "" : CALLS_CHANNEL));
        String developer = developer(brief);
        if (!developer.isEmpty()) {
            append(prompt, "developer", developer);
        }
        List<ConversationTurn> turns = brief.conversation().afterInstructions();
        for (int i = 0; i < turns.size(); i++) {
            switch (turns.get(i)) {
                case ConversationTurn.Instructions late -> append(prompt, "developer", instructions(late.text()));
                case ConversationTurn.User user -> append(prompt, "user", user.text());
                case ConversationTurn.Assistant said -> appendSaid(prompt, said, turns.subList(i + 1, turns.size()));
                case ConversationTurn.Result result -> {
                    if (!answered(turns.subList(0, i), result)) {
                        appendResult(prompt, result);
                    }
                }
            }
        }
        return ending(brief, prompt);
    }

    private static String developer(Brief brief) {
        List<String> parts = new ArrayList<>();
        String instructions = brief.conversation().instructions();
        if (!instructions.isEmpty()) {
            parts.add(instructions(instructions));
        }
        if (!brief.offer().isEmpty()) {
            String namespace = TypeScript.namespace(brief.offer().functions());
            parts.add("# Tools\n\n## functions\n\n" + Marks.HARMONY.broken(namespace));
        }
        brief.form().ifPresent(form -> parts.add(Marks.HARMONY.broken(responseFormat(form))));
        return String.join("\n\n", parts);
    }

    private static String responseFormat(PromptedForm form) {
        String description = form.description().isEmpty() ? "" : "// " + form.description() + "\n";
        return "# Response Formats\n\n## " + form.name() + "\n\n" + description + RustJson.write(form.schema());
    }

    private static String instructions(String text) {
        return "# Instructions\n\n" + text;
    }

    /** Each call is followed by its result, as the model makes one call at a time. */
    private static void appendSaid(
            StringBuilder prompt, ConversationTurn.Assistant said, List<ConversationTurn> behind) {
        if (!said.reasoning().isEmpty() && !answers(said) && behind.stream().noneMatch(Harmony::answers)) {
            append(prompt, "assistant<|channel|>analysis", said.reasoning());
        }
        if (said.calls().isEmpty()) {
            append(prompt, "assistant<|channel|>final", said.text());
            return;
        }
        if (!said.text().isEmpty()) {
            append(prompt, "assistant<|channel|>commentary", said.text());
        }
        List<ConversationTurn.Result> results = behind.stream()
                .takeWhile(ConversationTurn.Result.class::isInstance)
                .map(ConversationTurn.Result.class::cast)
                .toList();
        for (ConversationTurn.Call call : said.calls()) {
            prompt.append(ASSISTANT)
                    .append(" to=functions.")
                    .append(call.name())
                    .append("<|channel|>commentary <|constrain|>json<|message|>")
                    .append(Marks.HARMONY.broken(call.arguments()))
                    .append("<|call|>");
            results.stream()
                    .filter(result -> result.call().equals(call.id()))
                    .forEach(result -> appendResult(prompt, result));
        }
    }

    private static boolean answers(ConversationTurn turn) {
        return turn instanceof ConversationTurn.Assistant said && said.calls().isEmpty();
    }

    /** Whether the result stands behind its call already. */
    private static boolean answered(List<ConversationTurn> before, ConversationTurn.Result result) {
        for (int i = before.size() - 1; i >= 0 && !(before.get(i) instanceof ConversationTurn.User); i--) {
            if (before.get(i) instanceof ConversationTurn.Assistant said) {
                return said.calls().stream().anyMatch(call -> call.id().equals(result.call()));
            }
        }
        return false;
    }

    private static void appendResult(StringBuilder prompt, ConversationTurn.Result result) {
        append(prompt, "functions." + result.name() + " to=assistant<|channel|>commentary", result.text());
    }

    private static void append(StringBuilder prompt, String header, String text) {
        prompt.append("<|start|>")
                .append(header)
                .append("<|message|>")
                .append(text)
                .append("<|end|>");
    }

    private static Written ending(Brief brief, StringBuilder prompt) {
        prompt.append(ASSISTANT);
        if (brief.conversation().begun().isPresent()) {
            prompt.append("<|channel|>final<|message|>")
                    .append(brief.conversation().begun().get().text());
            return new Written(prompt.toString(), new Opening.Begun());
        }
        return switch (brief.offer().choice()) {
            case OfferedFunctions.Choice.Named named ->
                new Written(
                        prompt.append("<|channel|>commentary to=functions.")
                                .append(named.name())
                                .append(" <|constrain|>json<|message|>")
                                .toString(),
                        new Opening.CallOf(named.name()));
            case OfferedFunctions.Choice.Some ignored
            when !brief.offer().isEmpty() ->
                new Written(prompt.append("<|channel|>commentary to=functions.").toString(), new Opening.CallOfAny());
            case OfferedFunctions.Choice.Some ignored -> new Written(prompt.toString(), new Opening.Turn());
            case OfferedFunctions.Choice.Free ignored -> new Written(prompt.toString(), new Opening.Turn());
        };
    }

    private static String level(Effort effort) {
        return switch (effort) {
            case NONE, LOW -> "low";
            case UNSET, MEDIUM -> "medium";
            case HIGH -> "high";
        };
    }

    /** The mark of a call's end ends the answer. */
    @Override
    public boolean callsInParallel() {
        return false;
    }

    @Override
    public Marks marks() {
        return Marks.HARMONY;
    }

    @Override
    public Set<String> strayEnds() {
        return Marks.STOPS.stream()
                .filter(token -> !Marks.HARMONY.in(token).matches())
                .collect(Collectors.toSet());
    }

    /** The structure reads the format's own tokens. */
    @Override
    public Set<String> turnEnds() {
        return Set.of();
    }

    @Override
    public Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return new HarmonyChannels(opening);
    }
}
