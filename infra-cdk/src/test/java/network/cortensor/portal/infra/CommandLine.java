package network.cortensor.portal.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that deployers start, in the folder where they start them. */
final class CommandLine {
    static final Path FOLDER = Project.ROOT.resolve("infra-cdk");

    private static final Path INSTALLED = FOLDER.resolve("node_modules/aws-cdk/package.json");

    /** What a program said, both ways together, and its exit code. */
    record Run(int exit, String said) {}

    private CommandLine() {}

    /** Makes {@code node_modules} what {@code package-lock.json} says, unless it is. That takes a registry, the first time. */
    static Run install() throws IOException, InterruptedException {
        if (Files.exists(INSTALLED) && version(INSTALLED, "/version").equals(pinned())) {
            return new Run(0, "");
        }
        return run(Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000");
    }

    static String pinned() {
        return version(FOLDER.resolve("package.json"), "/devDependencies/aws-cdk");
    }

    private static String version(Path file, String pointer) {
        JsonNode found = Project.json(file).at(pointer);
        return found.asText();
    }

    static Run run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("portal-said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("CDK_DISABLE_CLI_TELEMETRY", "true");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            return new Run(-1, "no end after five minutes");
        }
        return new Run(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
