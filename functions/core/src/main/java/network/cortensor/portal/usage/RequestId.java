package network.cortensor.portal.usage;

import java.time.Instant;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A request's name: {@code req_} and 128 bits as hex digits, of which the first 48 are the milliseconds of its receipt and 80 are random. So names
 * sort by time, and nobody guesses one.
 */
public record RequestId(String text) implements Comparable<RequestId> {
    public static final int BYTES = 16;

    private static final String PREFIX = "req_";
    private static final int TIME_DIGITS = 12;
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{32}");
    private static final HexFormat HEX = HexFormat.of();

    public RequestId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("request id: not one (expected: " + FORM + ")");
        }
    }

    /** @param random cryptographically strong */
    public static RequestId draw(Instant receivedAt, RandomGenerator random) {
        byte[] rest = new byte[BYTES - TIME_DIGITS / 2];
        random.nextBytes(rest);
        return new RequestId(beginning(receivedAt) + HEX.formatHex(rest));
    }

    public static RequestId of(byte[] bytes) {
        return new RequestId(PREFIX + HEX.formatHex(bytes));
    }

    /** What the names of all requests of a millisecond begin with; sorts before all later ones. */
    public static String beginning(Instant receivedAt) {
        return PREFIX + HEX.toHexDigits(receivedAt.toEpochMilli(), TIME_DIGITS);
    }

    public byte[] bytes() {
        return HEX.parseHex(text, PREFIX.length(), text.length());
    }

    /** When the request was received, in whole milliseconds. */
    public Instant at() {
        int from = PREFIX.length();
        return Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(text, from, from + TIME_DIGITS));
    }

    @Override
    public int compareTo(RequestId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
