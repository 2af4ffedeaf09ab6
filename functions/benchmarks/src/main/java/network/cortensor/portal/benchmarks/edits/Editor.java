package network.cortensor.portal.benchmarks.edits;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A program that operators edit with.
 *
 * @param command by the state that the target is to have
 */
record Editor(String name, Function<String, List<String>> command) {
    private static final int LONGEST_SECONDS = 60;

    /** The local product looks at no credentials, and the programs want some. */
    private static final Map<String, String> CREDENTIALS = Map.of(
            "AWS_ACCESS_KEY_ID", "local",
            "AWS_SECRET_ACCESS_KEY", "local",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_PAGER", "");

    static Editor awsCommandLine(EditedItem place) {
        return new Editor(
                "aws dynamodb update-item",
                state -> List.of(
                        "aws",
                        "dynamodb",
                        "update-item",
                        "--endpoint-url",
                        place.dynamo().toString(),
                        "--table-name",
                        place.table(),
                        "--key",
                        "{\"pool\":{\"S\":\"" + place.pool() + "\"},\"target\":{\"S\":\"" + place.target() + "\"}}",
                        "--update-expression",
                        "SET #state = :state",
                        "--expression-attribute-names",
                        "{\"#state\":\"state\"}",
                        "--expression-attribute-values",
                        "{\":state\":{\"S\":\"" + state + "\"}}"));
    }

    static Editor portalctl(EditedItem place) {
        return new Editor(
                "portalctl",
                state -> List.of(
                        "catalog-seed/portalctl",
                        state.equals("paused") ? "pause" : "resume",
                        place.pool() + "/" + place.target(),
                        "--environment",
                        "local",
                        "--endpoint-url",
                        place.dynamo().toString(),
                        "--table-prefix",
                        "Portal"));
    }

    /** Whether the program is on this machine. */
    boolean isThere() throws InterruptedException {
        try {
            return run(List.of(command.apply("live").getFirst(), "--version")) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    void set(String state) throws IOException, InterruptedException {
        int exitCode = run(command.apply(state));
        if (exitCode != 0) {
            throw new IllegalStateException(name + ": exit code " + exitCode);
        }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(CREDENTIALS);
        Process process = builder.start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command.getFirst() + " does not end");
        }
        return process.exitValue();
    }
}
