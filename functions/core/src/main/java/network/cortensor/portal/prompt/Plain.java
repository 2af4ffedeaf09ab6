package network.cortensor.portal.prompt;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Role names and colons. Lines of a customer's that look like the start of a turn are broken: nothing else keeps roles apart here. */
record Plain() implements Template {
    private static final Pattern ROLE_LINE = Pattern.compile(
            "((?:^|(?<=[\\f\\x0B]))[ \\t>#*_(\\[-]*+)(system|developer|user|human|assistant|tool)([ \\t*_)\\]]*+[:：])",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    @Override
    public Written write(List<Turn> turns, Effort effort, LocalDate today) {
        StringBuilder prompt = new StringBuilder();
        for (Turn turn : turns) {
            prompt.append(name(turn.speaker())).append(": ");
            prompt.append(withoutRoleLines(turn.text())).append("\n\n");
        }
        prompt.append(name(Turn.Speaker.ASSISTANT)).append(':');
        return new Written(prompt.toString(), Opening.TURN);
    }

    @Override
    public Set<String> turnEnds() {
        return Set.of();
    }

    @Override
    public Structure structure(Opening opening) {
        return new TaggedReasoning(TaggedReasoning.Tags.THINK, opening);
    }

    @Override
    public Opening openingOf(String whole, Opening expected) {
        return TaggedReasoning.Tags.THINK.openingOf(whole, expected);
    }

    private static String name(Turn.Speaker speaker) {
        return switch (speaker) {
            case SYSTEM -> "System";
            case USER -> "User";
            case ASSISTANT -> "Assistant";
        };
    }

    private static String withoutRoleLines(String text) {
        return ROLE_LINE
                .matcher(text)
                .replaceAll(line -> line.group(1) + SpecialTokens.brokenWord(line.group(2)) + line.group(3));
    }
}
