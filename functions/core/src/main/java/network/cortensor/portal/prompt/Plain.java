package network.cortensor.portal.prompt;

import java.util.Set;
import java.util.regex.Pattern;

/** Role names and colons. Lines of a customer's that look like the start of a turn are broken: nothing else keeps roles apart here. */
record Plain() implements PromptTemplate {
    private static final Pattern ROLE_LINE = Pattern.compile(
            "((?:^|(?<=[\\f\\x0B]))[ \\t>#*_(\\[-]*+)(system|developer|user|human|assistant|tool)([ \\t*_)\\]]*+[:：])",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    @Override
    public Written write(Brief brief) {
        Conversation conversation = brief.instructed(Marks.ANY);
        StringBuilder prompt = new StringBuilder();
        for (ConversationTurn turn : conversation.turns()) {
            prompt.append(name(turn)).append(": ");
            prompt.append(withoutRoleLines(turn.text())).append("\n\n");
        }
        prompt.append("Assistant:");
        return conversation
                .begun()
                .map(begun -> new Written(prompt + " " + withoutRoleLines(begun.text()), new Opening.Begun()))
                .orElseGet(() -> new Written(prompt.toString(), new Opening.Turn()));
    }

    @Override
    public Marks marks() {
        return Marks.ANY;
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of();
    }

    @Override
    public Structure structure(Opening opening, OfferedFunctions offer, Arrival arrival) {
        return TaggedAnswer.ofAny(opening, arrival);
    }

    private static String name(ConversationTurn turn) {
        return switch (turn) {
            case ConversationTurn.Instructions ignored -> "System";
            case ConversationTurn.User ignored -> "User";
            case ConversationTurn.Assistant ignored -> "Assistant";
            case ConversationTurn.Result ignored ->
                throw new IllegalArgumentException("role: tool (expected: a role of texts)");
        };
    }

    private static String withoutRoleLines(String text) {
        return ROLE_LINE
                .matcher(text)
                .replaceAll(line -> line.group(1) + Marks.brokenWord(line.group(2)) + line.group(3));
    }
}
