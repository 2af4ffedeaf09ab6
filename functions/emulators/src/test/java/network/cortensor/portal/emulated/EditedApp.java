package network.cortensor.portal.emulated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CDK app after an edit of {@code Environments.java}, which is compiled beside what Maven has built.
 *
 * @param root the project's folder, in which nothing is changed
 * @param folder for what the edit makes
 */
record EditedApp(Path root, Path folder) {
    private static final Path SOURCE =
            Path.of("infra-cdk/src/main/java/network/cortensor/portal/infra/environment/Environments.java");

    /** As Maven writes it: the JDK's java, a class path, the app. */
    private static final Pattern CLASS_PATH = Pattern.compile("-cp '([^']+)'");

    /**
     * @param serving of dev, in place of the function on demand
     * @return what the CDK command line runs to get the templates
     */
    Path servedBy(String serving) throws IOException, InterruptedException {
        String source = Files.readString(root.resolve(SOURCE));
        String edited = source.replaceFirst(Pattern.quote("new Serving.OnDemand()"), Matcher.quoteReplacement(serving));
        Path file = Files.writeString(folder.resolve("Environments.java"), edited);
        String synth = Files.readString(root.resolve("infra-cdk/target/synth-command"));
        Matcher classPath = CLASS_PATH.matcher(synth);
        if (!classPath.find()) {
            throw new IllegalStateException("synth-command: " + synth + " (expected: a class path)");
        }
        Path classes = Files.createDirectories(folder.resolve("edited"));
        compile(file, classes, classPath.group(1));
        return Files.writeString(
                folder.resolve("edited-synth"), synth.replace(classPath.group(1), classes + ":" + classPath.group(1)));
    }

    private static void compile(Path file, Path classes, String classPath) throws IOException, InterruptedException {
        List<String> javac = List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                classes.toString(),
                file.toString());
        Process process = new ProcessBuilder(javac).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(file + " does not compile");
        }
    }
}
