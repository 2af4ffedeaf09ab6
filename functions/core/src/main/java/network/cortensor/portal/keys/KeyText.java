package network.cortensor.portal.keys;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import network.cortensor.portal.model.EnvironmentName;

/**
 * A key as its customer has it: {@code ctk_<environment>_<random>_<checksum>}. It is shown once, when it is made, and kept nowhere.
 *
 * <p>The random part is 43 letters and digits, 256 bits. The checksum is the CRC-32 of all before it in six of the same digits: every
 * single wrong character and every swap of two neighbours is found without a look-up, any other slip but one in four billion. It
 * protects from slips only; anybody can compute it. The environment stands in the key, so that one of another environment is known for
 * that at sight.
 */
public final class KeyText {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String MARK = "ctk";
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM = Pattern.compile("(?<body>" + MARK + "_(?<environment>" + EnvironmentName.FORM
            + ")_[0-9A-Za-z]{" + RANDOM_LENGTH + "})_(?<checksum>[0-9A-Za-z]{" + CHECKSUM_LENGTH + "})");

    private final String environment;
    private final String text;

    private KeyText(String environment, String text) {
        this.environment = environment;
        this.text = text;
    }

    /**
     * Makes a new key.
     *
     * @param environment an {@link EnvironmentName}
     * @param random cryptographically strong
     */
    public static KeyText make(String environment, RandomGenerator random) {
        if (!EnvironmentName.isOne(environment)) {
            throw new IllegalArgumentException(
                    "environment: " + environment + " (expected: " + EnvironmentName.EXPECTED + ")");
        }
        StringBuilder body =
                new StringBuilder(MARK).append('_').append(environment).append('_');
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            body.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return new KeyText(environment, body + "_" + checksum(body.toString()));
    }

    /** The key, if the text has the form of one and its checksum. It may still be nobody's. */
    public static Optional<KeyText> read(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && checksum(matcher.group("body")).equals(matcher.group("checksum"))
                ? Optional.of(new KeyText(matcher.group("environment"), text))
                : Optional.empty();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        char[] digits = new char[CHECKSUM_LENGTH];
        long left = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (left % DIGITS.length()));
            left /= DIGITS.length();
        }
        return new String(digits);
    }

    public String environment() {
        return environment;
    }

    /** What is kept of it. */
    public KeyHash hash() {
        return KeyHash.of(text);
    }

    /** The secret itself, for the one time that it is shown. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "KeyText[hidden]";
    }
}
