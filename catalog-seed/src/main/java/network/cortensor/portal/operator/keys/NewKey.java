package network.cortensor.portal.operator.keys;

import network.cortensor.portal.keys.KeyText;

/** A key that was just made: the one moment at which its text is known. */
public record NewKey(KeyText text, String keyId) {}
