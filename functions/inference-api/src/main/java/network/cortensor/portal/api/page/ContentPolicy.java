package network.cortensor.portal.api.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a browser may do with the page: show it with its own style and script, recognised by their hashes, and nothing else. It fetches
 * nothing, sends nothing and is framed by nobody.
 */
record ContentPolicy(String style, String script) {

    /** For the {@code content-security-policy} header. */
    String header() {
        return String.join(
                "; ",
                "default-src 'none'",
                "style-src " + hash(style),
                "script-src " + hash(script),
                "img-src data:",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types 'none'");
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
