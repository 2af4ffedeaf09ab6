package network.cortensor.portal.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is kept of a key: the SHA-256 of its text, in 64 hex digits.
 *
 * <p>Nobody gets a key by reading the table. A text of 256 random bits is not found by trying, so the hash needs no salt and need
 * not be slow. Only hashes are ever looked up and compared. So the time of a comparison tells about a hash, which the sender cannot
 * choose.
 */
public record KeyHash(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public KeyHash {
        if (!isHash(hex)) {
            throw new IllegalArgumentException("key hash: not a SHA-256 (expected: 64 small hex digits)");
        }
    }

    public static boolean isHash(String text) {
        return FORM.matcher(text).matches();
    }

    static KeyHash of(String text) {
        return new KeyHash(HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
