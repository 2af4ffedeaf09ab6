package network.cortensor.portal.api.structured;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/** A pattern that gives up on a text after so many looks at its characters. */
final class BoundedPattern implements RegularExpression {
    /** A hundred for each character of the longest text that a pattern in use is likely to meet; about a tenth of a second. */
    private static final int MOST_LOOKS = 10_000_000;

    private final Pattern pattern;

    BoundedPattern(String regex) {
        this.pattern = Pattern.compile(regex, Pattern.UNICODE_CHARACTER_CLASS);
    }

    /** @throws IllegalStateException if the pattern gives up */
    @Override
    public boolean matches(String text) {
        return pattern.matcher(new Looked(text, 0, text.length(), new Looks())).find();
    }

    /** @param looks how many there were, shared by all parts of one text */
    private record Looked(CharSequence text, int from, int to, Looks looks) implements CharSequence {
        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            looks.look();
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Looked(text, from + start, from + end, looks);
        }

        @Override
        public String toString() {
            return text.subSequence(from, to).toString();
        }
    }

    private static final class Looks {
        private int count;

        void look() {
            if (++count > MOST_LOOKS) {
                throw new IllegalStateException("a pattern takes too long");
            }
        }
    }
}
