package network.cortensor.portal.api.keys;

import network.cortensor.portal.keys.IssuedKeys;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;

/**
 * Tells whose a key is that came with a request. What has not the form of a key of ours, or not its checksum, or is of another environment,
 * is refused without a look-up; of the rest only the hash is looked up. Safe for use by many threads.
 *
 * @param environment whose keys are good here
 */
public record Keys(String environment, IssuedKeys issued) {

    public KeyVerdict check(PresentedKey key) {
        return KeyText.read(key.text())
                .filter(text -> text.environment().equals(environment))
                .map(text -> issued.find(text.hash()))
                .orElseGet(KeyVerdict.Unknown::new);
    }
}
