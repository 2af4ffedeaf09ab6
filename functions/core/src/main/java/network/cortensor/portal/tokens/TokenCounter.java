package network.cortensor.portal.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens with the o200k vocabulary: that of the gpt-oss family, and an estimate within some ten percent for others. Special
 * tokens are ordinary text here, for customers' texts are only ever that. Safe for use by many threads.
 *
 * <p>A piece without a word boundary costs the vocabulary's algorithm far more than its share (a megabyte of one letter took five
 * seconds, of random letters eight), so the text is cut into windows, and a megabyte of anything takes less than one. The cuts are made
 * where a word begins, which changes no count; only a window that holds no such place is cut in its middle, which may err by one token
 * or two in {@value #WINDOW} characters.
 */
public final class TokenCounter {
    private static final int WINDOW = 4096;

    public long count(String text) {
        long tokens = 0;
        int from = 0;
        while (from < text.length()) {
            int to = cut(text, from);
            tokens += Vocabulary.O200K.countTokensOrdinary(text.substring(from, to));
            from = to;
        }
        return tokens;
    }

    /** Loads the vocabulary, which takes a second or two and would else fall to the first request. */
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
        return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
    }

    /** A blank between a visible character and a letter goes with the letter, in every vocabulary of this family. */
    private static boolean wordBegins(String text, int at) {
        return at + 1 < text.length()
                && text.charAt(at) == ' '
                && text.charAt(at - 1) > ' '
                && text.charAt(at - 1) < 0x7f
                && isLetter(text.charAt(at + 1));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Loaded when first used. */
    private static final class Vocabulary {
        static final Encoding O200K = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }
}
