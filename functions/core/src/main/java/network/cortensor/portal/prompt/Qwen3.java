package network.cortensor.portal.prompt;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The format of Qwen 3, as in the chat template of Qwen3-0.6B: no system text of its own, no reasoning in earlier turns.
 *
 * <p>Whether the model reasons is left to it unless the customer says: no effort is an empty block of reasoning, a wished one an opened
 * block. The template has nothing for the latter and trusts the model to open it; that it is written here makes sure of it, and of where
 * the reasoning ends.
 */
record Qwen3() implements PromptTemplate {
    private static final String START = "<|im_start|>";
    private static final String END = "<|im_end|>";

    static final String NO_REASONING = "<think>\n\n</think>\n\n";
    static final String OPEN_REASONING = "<think>\n";

    @Override
    public Written write(Brief brief) {
        Conversation conversation = brief.instructed(Marks.QWEN);
        StringBuilder prompt = new StringBuilder();
        List<ConversationTurn> turns = conversation.turns();
        for (int i = 0; i < turns.size(); i++) {
            append(prompt, role(turns.get(i)), said(turns.get(i), i == turns.size() - 1));
        }
        prompt.append(START).append("assistant\n");
        return ending(conversation, brief.effort(), prompt);
    }

    private static Written ending(Conversation conversation, Effort effort, StringBuilder prompt) {
        if (conversation.begun().isPresent()) {
            String begun = conversation.begun().get().text();
            return new Written(prompt.append(NO_REASONING).append(begun).toString(), new Opening.Begun());
        }
        return switch (effort) {
            case UNSET -> new Written(prompt.toString(), new Opening.Turn());
            case NONE -> new Written(prompt.append(NO_REASONING).toString(), new Opening.Answer());
            case LOW, MEDIUM, HIGH -> new Written(prompt.append(OPEN_REASONING).toString(), new Opening.Reasoning());
        };
    }

    /** The template shows the model what it thought before a last answer, which is nothing unless the customer says it. */
    private static String said(ConversationTurn turn, boolean last) {
        return turn instanceof ConversationTurn.Assistant said && last
                ? "<think>\n" + said.reasoning() + "\n</think>\n\n" + said.text()
                : turn.text();
    }

    static void append(StringBuilder prompt, String role, String text) {
        prompt.append(START).append(role).append('\n').append(text).append(END).append('\n');
    }

    private static String role(ConversationTurn turn) {
        return switch (turn) {
            case ConversationTurn.Instructions ignored -> "system";
            case ConversationTurn.User ignored -> "user";
            case ConversationTurn.Assistant ignored -> "assistant";
            case ConversationTurn.Result ignored ->
                throw new IllegalArgumentException("role: tool (expected: a role of texts)");
        };
    }

    @Override
    public Said said(String text) {
        return tagged(text);
    }

    /** Between the first opening and the last closing tag stands reasoning, and behind the latter what was said. */
    static Said tagged(String text) {
        int end = text.lastIndexOf("</think>");
        if (end < 0) {
            return new Said(Optional.empty(), text);
        }
        String before = text.substring(0, text.indexOf("</think>"));
        int open = before.lastIndexOf("<think>");
        String reasoning = open < 0 ? before : before.substring(open + "<think>".length());
        String rest = text.substring(end + "</think>".length());
        return new Said(Optional.of(PythonText.stripped(reasoning)), rest.replaceFirst("^\n+", ""));
    }

    @Override
    public Marks marks() {
        return Marks.QWEN;
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of(START, END, "<|endoftext|>");
    }

    @Override
    public Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return TaggedAnswer.ofQwen(opening, offer, arrival);
    }
}
