package network.cortensor.portal.benchmarks.peers;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in {@code src/main/go/load}, built for this run: model server, plain proxy and customers. */
record LoadTool(Path folder) {
    private static final Path SOURCE =
            Path.of("functions/benchmarks/src/main/go/load").toAbsolutePath();
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    static LoadTool build(Path folder) throws Unavailable, InterruptedException {
        LoadTool tool = new LoadTool(folder);
        Command.of(SOURCE, "go", "build", "-o", tool.program(), ".").output();
        return tool;
    }

    /** A server of this program, which ends with its parent. */
    record Server(Process process, URI url) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
        }
    }

    Server upstream(Duration gap) throws Unavailable {
        return serve(List.of("upstream", "-gap", gap.toMillis() + "ms"));
    }

    Server proxy(URI upstream, String key) throws Unavailable {
        return serve(List.of("proxy", "-to", upstream.toString(), "-key", key));
    }

    /**
     * What customers saw. Times are milliseconds.
     *
     * @param requests that were answered whole
     * @param firstFailure what the first customer without an answer was told; empty if there was none
     * @param firstP50 median time to the first token
     * @param firstP99 its 99th percentile
     */
    record Seen(int requests, int failures, String firstFailure, double seconds, double firstP50, double firstP99) {
        double perSecond() {
            return requests / seconds;
        }
    }

    /** Asks {@code gateway} for as long as told. */
    Seen customers(Gateway gateway, int streams, Duration howLong) throws Unavailable, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                program(),
                "customers",
                "-url",
                gateway.completions().toString(),
                "-streams",
                Integer.toString(streams),
                "-for",
                howLong.toMillis() + "ms"));
        gateway.headers()
                .forEach((name, values) ->
                        values.forEach(value -> words.addAll(List.of("-header", name + "=" + value))));
        String output = new Command(words, folder, Map.of()).output();
        try {
            return JSON.readValue(output, Seen.class);
        } catch (IOException e) {
            throw new Unavailable("the customers' results could not be read");
        }
    }

    private String program() {
        return folder.resolve("load").toString();
    }

    private Server serve(List<String> arguments) throws Unavailable {
        List<String> words = new ArrayList<>(List.of(program()));
        words.addAll(arguments);
        Process process = new Command(words, folder, Map.of()).startTalking();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        try {
            String line = lines.readLine();
            if (line == null || !line.startsWith("Port: ")) {
                process.destroy();
                throw new Unavailable("the load program did not say its port");
            }
            return new Server(process, URI.create("http://127.0.0.1:" + line.substring("Port: ".length())));
        } catch (IOException e) {
            process.destroy();
            throw new Unavailable("the load program did not say its port");
        }
    }
}
