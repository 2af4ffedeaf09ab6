package network.cortensor.portal.benchmarks.peers;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Python environment of its own.
 *
 * @param above the folder that its folder is in
 */
record Venv(Path above, String name) {
    /** Makes it and installs one pinned package, unless it is there already. */
    void install(String requirement) throws Unavailable, InterruptedException {
        Path done = folder().resolve("installed");
        if (Files.exists(done)) {
            return;
        }
        Command.of(above, "python3", "-m", "venv", folder().toString()).output();
        Command.of(above, program("pip"), "install", "--quiet", requirement).output();
        Command.of(above, "touch", done.toString()).output();
    }

    private Path folder() {
        return above.resolve(name);
    }

    /** The path of one of its programs. */
    String program(String word) {
        return folder().resolve("bin").resolve(word).toString();
    }
}
