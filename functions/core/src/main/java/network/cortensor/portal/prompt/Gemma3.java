package network.cortensor.portal.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The format of Gemma 1 to 3: user and model alternate, and there is no system role, so system texts lead the user turn they precede. The
 * template refuses two turns of one speaker in a row; they become one turn here.
 */
record Gemma3() implements PromptTemplate {
    private static final String START = "<start_of_turn>";
    private static final String END = "<end_of_turn>";

    @Override
    public Written write(Brief brief) {
        Conversation conversation = brief.instructed(Marks.GEMMA3);
        StringBuilder prompt = new StringBuilder();
        for (Block block : alternating(conversation.turns())) {
            prompt.append(START)
                    .append(block.role())
                    .append('\n')
                    .append(block.text())
                    .append(END)
                    .append('\n');
        }
        prompt.append(START).append("model\n");
        return conversation
                .begun()
                .map(begun -> new Written(prompt + PythonText.strippedAtStart(begun.text()), new Opening.Begun()))
                .orElseGet(() -> new Written(prompt.toString(), new Opening.Turn()));
    }

    private static List<Block> alternating(List<ConversationTurn> turns) {
        List<Block> blocks = new ArrayList<>();
        for (ConversationTurn turn : turns) {
            Block next = block(turn);
            if (!blocks.isEmpty() && blocks.getLast().role().equals(next.role())) {
                next = new Block(next.role(), blocks.removeLast().text() + "\n\n" + next.text());
            }
            blocks.add(next);
        }
        return blocks;
    }

    private static Block block(ConversationTurn turn) {
        return switch (turn) {
            case ConversationTurn.Instructions system -> new Block("user", system.text());
            case ConversationTurn.User user -> new Block("user", PythonText.stripped(user.text()));
            case ConversationTurn.Assistant said -> new Block("model", PythonText.stripped(said.text()));
            case ConversationTurn.Result ignored ->
                throw new IllegalArgumentException("role: tool (expected: a role of texts)");
        };
    }

    @Override
    public String bos() {
        return "<bos>";
    }

    @Override
    public Marks marks() {
        return Marks.GEMMA3;
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of(START, END, "<eos>");
    }

    @Override
    public Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return TaggedAnswer.ofAny(opening, arrival);
    }

    private record Block(String role, String text) {}
}
