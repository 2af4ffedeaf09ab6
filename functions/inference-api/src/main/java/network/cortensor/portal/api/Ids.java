package network.cortensor.portal.api;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** 128 random bits at a time, as hex digits. */
record Ids(RandomGenerator random) {
    String next() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
