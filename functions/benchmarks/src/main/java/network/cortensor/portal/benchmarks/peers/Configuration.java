package network.cortensor.portal.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway's configuration as a file, written anew for each start. */
final class Configuration {
    private Configuration() {}

    /** Returns where it is, as gateways want it on their command lines. */
    static String write(Path file, String text) throws Unavailable {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new Unavailable("its configuration could not be written");
        }
    }
}
