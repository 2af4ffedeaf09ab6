package network.cortensor.portal.emulated;

import java.net.URI;

/** Somebody else's AWS, for as long as a run of tests lasts. */
sealed interface Emulator {
    /** It runs. */
    record There(String name, URI url) implements Emulator {}

    /** It cannot be had here. */
    record NotThere(String why) implements Emulator {}
}
