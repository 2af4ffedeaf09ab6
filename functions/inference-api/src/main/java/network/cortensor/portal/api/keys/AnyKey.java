package network.cortensor.portal.api.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Every key works and is a customer of its own. For the local run only. */
public final class AnyKey implements Keys {
    private static final int NAME_BYTES = 8;

    @Override
    public Optional<Caller> identify(PresentedKey key) {
        byte[] hash = sha256().digest(key.text().getBytes(StandardCharsets.UTF_8));
        return Optional.of(new Caller("any-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
