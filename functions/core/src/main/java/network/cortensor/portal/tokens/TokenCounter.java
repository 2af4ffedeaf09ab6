package network.cortensor.portal.tokens;

import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.prompt.MarkedText;

/**
 * Counts tokens with the o200k vocabulary: that of the gpt-oss family, whose counts are exact, and an estimate for others, corrected by
 * what {@link Family} knows of their vocabularies. Special tokens are ordinary text in {@link #count}, because a customer's text is never anything
 * else. In {@link #countMarked} each of them is one token. Safe for use by many threads.
 *
 * <p>A long run without a word boundary costs the vocabulary's algorithm far more than its share (a mebibyte of one letter took five
 * seconds, of random letters eight), so the text is cut, and a mebibyte of anything takes half a second, or two
 * where the count is corrected. Cuts are made where a word
 * begins, which changes no count; only where none begins within {@value #WINDOW} characters, the next {@value #HARD_CUT} are cut off,
 * which may err by a token each time.
 */
public final class TokenCounter {
    /** How far an estimate of English, Chinese or Japanese may be from the real count, as a share of it; for a vocabulary of which nothing is known this is a hope. */
    public static final double ERROR = 0.08;

    private static final int WINDOW = 4096;
    private static final int HARD_CUT = 256;

    private final Family family;

    /** One that counts in o200k. */
    public TokenCounter() {
        this(Family.O200K);
    }

    private TokenCounter(Family family) {
        this.family = family;
    }

    /** One that counts as the models of a format do. */
    public TokenCounter of(PromptFormat format) {
        return new TokenCounter(Family.of(format));
    }

    /** Whether counts are the model's own, and not an estimate. */
    public static boolean exact(PromptFormat format) {
        return switch (format) {
            case HARMONY -> true;
            case PLAIN, QWEN3, QWEN3_5, QWEN3_5_SMALL, GEMMA3, GEMMA4, GEMMA4_SMALL -> false;
        };
    }

    /** The tokens of a prompt or a raw answer of a format, its marks counted as one token each. */
    public static long countMarked(PromptFormat format, String raw) {
        return countMarked(format, raw, Long.MAX_VALUE);
    }

    /** The same, bounded like {@link #count(String, long)}. */
    static long countMarked(PromptFormat format, String raw, long most) {
        TokenCounter counter = new TokenCounter(Family.of(format));
        MarkedText marked = MarkedText.of(format, raw);
        long tokens = marked.marks();
        for (String text : marked.texts()) {
            if (tokens > most) {
                return tokens;
            }
            tokens += counter.count(text, most - tokens);
        }
        return tokens;
    }

    public long count(String text) {
        return count(text, Long.MAX_VALUE);
    }

    /**
     * Counts no further than it takes to know that there are more than {@code most}, so that what is far too long costs no more than what is just
     * too long.
     *
     * @return the number of tokens if it is at most {@code most}; otherwise a number above {@code most} and not above the number of tokens
     */
    public long count(String text, long most) {
        long tokens = 0;
        int from = 0;
        while (from < text.length() && tokens <= most) {
            int to = cut(text, from);
            String part = text.substring(from, to);
            tokens += o200k(part) + family.correction(part, TokenCounter::o200k);
            from = to;
        }
        return tokens;
    }

    /**
     * What a text has at least, found by looking at each character once: a hundredth of what counting costs. No token of this vocabulary reaches
     * from one word over a blank into another, but for slashes behind line breaks.
     */
    public long atLeast(String text) {
        long words = 0;
        boolean inWord = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean blank = Character.isWhitespace(c) || Character.isSpaceChar(c);
            words += !blank && !inWord && c != '/' ? 1 : 0;
            inWord = !blank;
        }
        return words;
    }

    private static long o200k(String text) {
        return Loaded.O200K.count(text);
    }

    /** Loads the vocabulary, which costs half a second to two and would else fall to the first request. */
    public void prime() {
        count("prime");
    }

    private static int cut(String text, int from) {
        int most = from + WINDOW;
        if (most >= text.length()) {
            return text.length();
        }
        for (int at = most; at > from + 1; at--) {
            if (wordBegins(text, at)) {
                return at;
            }
        }
        int hard = from + HARD_CUT;
        return Character.isLowSurrogate(text.charAt(hard)) ? hard - 1 : hard;
    }

    /** A blank between something visible and a letter goes with the letter: no token of this vocabulary reaches across. */
    private static boolean wordBegins(String text, int at) {
        return at + 1 < text.length()
                && text.charAt(at) == ' '
                && isVisible(text.charAt(at - 1))
                && Character.isLetter(text.charAt(at + 1));
    }

    private static boolean isVisible(char c) {
        return Character.isLetterOrDigit(c) || (c > ' ' && c < 0x7f);
    }

    /** Loaded when first used. */
    private static final class Loaded {
        static final BytePairs O200K = new BytePairs(Vocabulary.o200k());
    }
}
