package network.cortensor.portal.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the tokens of a text as byte pair encoding has it: a text is cut into words, and in each word, from single bytes on, the two neighbours whose
 * joint token has the lowest rank are joined, the first two of several, until no two make a token. Safe for use by many threads.
 *
 * <pre>
 *   l o w e s t → l o w e st → lo w e st → low e st → low est → lowest
 * </pre>
 *
 * <p>A word of n bytes costs n log n.
 */
final class BytePairs {
    private static final String ENDING = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

    /** Words as o200k has them: letters that change from upper to lower case once at most, up to three digits, signs, blanks. */
    private static final Pattern WORD = Pattern.compile(
            String.join(
                    "|",
                    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                            + ENDING,
                    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                            + ENDING,
                    "\\p{N}{1,3}",
                    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
                    "\\s*[\\r\\n]+",
                    "\\s+(?!\\S)",
                    "\\s+"),
            Pattern.UNICODE_CHARACTER_CLASS);

    private final Vocabulary vocabulary;

    BytePairs(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    long count(String text) {
        long tokens = 0;
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            byte[] word = words.group().getBytes(StandardCharsets.UTF_8);
            tokens += vocabulary.rank(word, 0, word.length) == Vocabulary.NONE ? new Word(word).join() : 1;
        }
        return tokens;
    }

    /** One word while its parts are joined. */
    private final class Word {
        private static final int START = -1;

        private final byte[] text;

        /** For the first byte of each part: where the next part begins, where the one before does, and the rank of the part with its next. */
        private final int[] next;

        private final int[] before;
        private final int[] ranks;

        /** Rank and place of two neighbours in one number, the lowest first; some are out of date. */
        private final PriorityQueue<Long> pairs = new PriorityQueue<>();

        Word(byte[] text) {
            this.text = text;
            this.next = new int[text.length];
            this.before = new int[text.length];
            this.ranks = new int[text.length];
            Arrays.setAll(next, at -> at + 1);
            Arrays.setAll(before, at -> at - 1);
            for (int at = 0; at < text.length; at++) {
                look(at);
            }
        }

        /** The number of tokens. */
        int join() {
            int parts = text.length;
            for (Long pair = pairs.poll(); pair != null; pair = pairs.poll()) {
                int at = pair.intValue();
                if (ranks[at] == (int) (pair >>> Integer.SIZE)) {
                    join(at);
                    parts--;
                }
            }
            return parts;
        }

        private void join(int at) {
            int second = next[at];
            ranks[second] = Vocabulary.NONE;
            next[at] = next[second];
            if (next[at] < text.length) {
                before[next[at]] = at;
            }
            look(at);
            if (before[at] != START) {
                look(before[at]);
            }
        }

        /** Finds the rank of the part here together with the next. */
        private void look(int at) {
            int second = next[at];
            ranks[at] = second < text.length ? vocabulary.rank(text, at, next[second]) : Vocabulary.NONE;
            if (ranks[at] != Vocabulary.NONE) {
                pairs.add((long) ranks[at] << Integer.SIZE | at);
            }
        }
    }
}
