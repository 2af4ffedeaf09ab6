package network.cortensor.portal.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens with the o200k vocabulary: that of the gpt-oss family, and an estimate within some ten percent for others. Special
 * tokens are ordinary text here, for customers' texts are only ever that. Safe for use by many threads.
 *
 * <p>A long run without a word boundary costs the vocabulary's algorithm far more than its share (a mebibyte of one letter took five
 * seconds, of random letters eight), so the text is cut, and a mebibyte of anything takes half a second. Cuts are made where a word
 * begins, which changes no count; only where none begins within {@value #WINDOW} characters, the next {@value #HARD_CUT} are cut off,
 * which may err by a token each time.
 */
public final class TokenCounter {
    private static final int WINDOW = 4096;
    private static final int HARD_CUT = 256;

    public long count(String text) {
        return count(text, Long.MAX_VALUE);
    }

    /**
     * Counts no further than it takes to know that there are more than {@code most}, so that what is far too long costs no more than what is just
     * too long.
     *
     * @return the number of tokens if it is at most {@code most}; else a number above {@code most} and not above the number of tokens
     */
    public long count(String text, long most) {
        long tokens = 0;
        int from = 0;
        while (from < text.length() && tokens <= most) {
            int to = cut(text, from);
            tokens += Vocabulary.O200K.countTokensOrdinary(text.substring(from, to));
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
    private static final class Vocabulary {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
