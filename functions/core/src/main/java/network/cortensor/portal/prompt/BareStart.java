package network.cortensor.portal.prompt;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text before the first mark of a harmony answer: the rest of a header, a header whose marks the server left out, or an answer without
 * any. Decided as soon as nothing that may follow could change it.
 */
@SuppressWarnings("JdkObsolete") // Text comes in pieces: whether more of it could match is the question.
final class BareStart {
    /** The role said again, a recipient, or both. After this much and no more, it is not known yet. */
    private static final Pattern HEADER = Pattern.compile("\\s*(?:assistant)?(?:\\s*to=\\S*)?\\s*");

    /** A thought follows at once: a word, or what opens a quotation, a bracket or code. What goes on behind a blank, a comma or a colon is a sentence. */
    private static final Pattern REASONING =
            Pattern.compile("\\s*(?:assistant)?analysis(?=[\\p{L}\\p{N}\\p{Ps}\\p{Pi}\"'`*<$¿¡])");

    /** Upper case only: "finally" and "finalise" are words. */
    private static final Pattern FINAL = Pattern.compile("\\s*(?:assistantfinal|final(?=\\p{Lu}))");

    /** What the customer reads before a call, or the call itself. "Commentary" and "commentary on" begin an answer. */
    private static final Pattern COMMENTARY =
            Pattern.compile("\\s*(?:assistant)?commentary(?= to=functions\\.|\\p{Lu})");

    /** The recipient in the role. Behind one whose marks are there stands a mark, and no channel's name. */
    private static final Pattern CALL =
            Pattern.compile("\\s*(?:assistant)?\\s*to=functions\\.(?=[^\\s{}<>]+?commentary\\s?(?:json)?\\s?\\{)");

    private static final Map<Kind, Pattern> STARTS =
            Map.of(Kind.REASONING, REASONING, Kind.FINAL, FINAL, Kind.COMMENTARY, COMMENTARY, Kind.CALL, CALL);

    private final StringBuilder text = new StringBuilder();
    private int from;

    enum Kind {
        UNDECIDED,
        REASONING,
        FINAL,
        COMMENTARY,
        CALL,
        ANSWER
    }

    Kind read(String piece) {
        text.append(piece);
        boolean undecided = false;
        for (Map.Entry<Kind, Pattern> start : STARTS.entrySet()) {
            Kind kind = tried(start.getValue(), start.getKey());
            if (kind == start.getKey()) {
                return kind;
            }
            undecided |= kind == Kind.UNDECIDED;
        }
        Matcher header = HEADER.matcher(text);
        return undecided || header.matches() || header.hitEnd() ? Kind.UNDECIDED : decided(Kind.ANSWER, 0);
    }

    private Kind tried(Pattern pattern, Kind kind) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.lookingAt()) {
            return decided(kind, matcher.end());
        }
        return matcher.hitEnd() ? Kind.UNDECIDED : Kind.ANSWER;
    }

    private Kind decided(Kind kind, int from) {
        this.from = from;
        return kind;
    }

    /** What was read, without what has been decided to be a header. */
    String text() {
        return text.substring(from);
    }

    /** What was read, without the role. */
    String said() {
        return HEADER.matcher(text).matches() ? "" : text.toString();
    }
}
