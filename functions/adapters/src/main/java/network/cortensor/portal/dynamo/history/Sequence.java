package network.cortensor.portal.dynamo.history;

import java.util.Optional;

/**
 * A stream's sequence number, which orders the changes of an item: up to 40 digits, kept padded with zeros, so that it sorts as text.
 *
 * @param digits 40 of them
 */
public record Sequence(String digits) {
    private static final int DIGITS = 40;

    public Sequence {
        if (!digits.matches("[0-9]{" + DIGITS + "}")) {
            throw new IllegalArgumentException("sequence: (expected: " + DIGITS + " digits)");
        }
    }

    /** As it is kept; empty if the text is anything else, because an entry under it would be found under no number. */
    static Optional<Sequence> stored(String text) {
        return parse(text).filter(sequence -> sequence.digits.equals(text));
    }

    /** With or without its leading zeros; empty if the text is no number of at most 40 digits. */
    public static Optional<Sequence> parse(String text) {
        return text.matches("[0-9]{1," + DIGITS + "}")
                ? Optional.of(new Sequence("0".repeat(DIGITS - text.length()) + text))
                : Optional.empty();
    }

    /** Without leading zeros, as operators read and write it. */
    @Override
    public String toString() {
        return digits.replaceFirst("^0+(?=.)", "");
    }
}
