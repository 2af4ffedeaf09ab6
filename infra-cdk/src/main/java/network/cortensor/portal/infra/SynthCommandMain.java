package network.cortensor.portal.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down the command that starts {@link SynthMain} with the very JDK and class path that run this program, which are the build's.
 * So the CDK command line needs to know neither Maven nor where a fitting JDK is.
 */
public final class SynthCommandMain {
    private SynthCommandMain() {}

    public static void main(String[] args) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String command = "exec " + quoted(java.toString()) + " -cp " + quoted(System.getProperty("java.class.path"))
                + " " + SynthMain.class.getName() + "\n";
        Files.writeString(Path.of(args[0]), command);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
