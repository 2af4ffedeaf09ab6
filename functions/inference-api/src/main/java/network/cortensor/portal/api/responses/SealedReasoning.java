package network.cortensor.portal.api.responses;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code encrypted_content} of a reasoning item. Nothing is encrypted: it holds the same text as the item, in letters that clients send back
 * unread. It is a customer's input like any other when it comes back.
 */
final class SealedReasoning {
    private static final String MARK = "portal1.";

    private SealedReasoning() {}

    static String of(String text) {
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text; empty if another service wrote it. */
    static Optional<String> read(String sealed) {
        if (!sealed.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(sealed.substring(MARK.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
