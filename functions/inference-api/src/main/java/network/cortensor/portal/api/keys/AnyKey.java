package network.cortensor.portal.api.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.KeyHolder;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;

/** Every key works and is a customer of its own. For the local run only. */
public final class AnyKey implements Keys {
    private static final int NAME_BYTES = 8;
    private static final Plan UNLIMITED = new Plan("unlimited", Limits.NONE, Limits.NONE);

    @Override
    public KeyVerdict check(PresentedKey key) {
        byte[] hash = sha256().digest(key.text().getBytes(StandardCharsets.UTF_8));
        String name = "any-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        return new KeyVerdict.Known(new KeyHolder(name, name, UNLIMITED, new AllowedModels.All()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
