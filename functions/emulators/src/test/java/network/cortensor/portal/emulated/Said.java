package network.cortensor.portal.emulated;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a program said, both ways together, and its exit code; 127 if it is not there, 124 if it did not end. */
record Said(int exit, String text) {
    static Said by(Duration patience, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        return by(Path.of("."), patience, environment, command);
    }

    static Said by(Path folder, Duration patience, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("portal-said", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                return new Said(124, Files.readString(said, StandardCharsets.UTF_8) + "\nno end after " + patience);
            }
            return new Said(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
        } catch (IOException notThere) {
            return new Said(127, String.valueOf(notThere.getMessage()));
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** For a sentence about why. */
    String lastLine() {
        return text.strip().lines().reduce((_, next) -> next).orElse("no word");
    }
}
