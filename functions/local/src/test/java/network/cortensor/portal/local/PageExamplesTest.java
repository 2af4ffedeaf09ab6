package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What customers copy from the catalog page runs as it stands: the commands in a shell, the Java programs with the official SDKs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageExamplesTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PORTAL_API_KEY", FastPortal.KEY);

    private FastPortal fast;
    private String page = "";

    @BeforeAll
    void open() throws Exception {
        fast = new FastPortal(2);
        ShownModels.add(fast);
        try (HttpClient client = HttpClient.newHttpClient()) {
            page = client.send(
                            HttpRequest.newBuilder(fast.portal().apiUrl().resolve("/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @AfterAll
    void close() {
        fast.close();
    }

    /** Bytes that are no text go through the Runtime API and the gateway as they are. */
    @Test
    void thePageComesCompressedToWhoeverAsksForItAndNotFromTheFunctionUrl() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> compressed = get(client, fast.portal().apiUrl().resolve("/openapi.json"));
            HttpResponse<byte[]> elsewhere =
                    get(client, fast.portal().streamingUrl().resolve("/openapi.json"));

            assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(new String(
                            new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes(),
                            StandardCharsets.UTF_8))
                    .startsWith("{\"openapi\":\"3.1")
                    .endsWith("}");
            assertThat(elsewhere.statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<byte[]> get(HttpClient client, URI url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(url).header("accept-encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Models by the endpoint that their examples call, and words of the prompt, which simulated routers repeat. */
    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of("gpt-oss-20b", "a story about a lighthouse"),
                Arguments.of(ShownModels.MESSAGES_ONLY, "a story about a lighthouse"),
                Arguments.of(ShownModels.COMPLETIONS_ONLY, "in a lighthouse"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void theCommandAnswers(String model, String said) throws Exception {
        Assumptions.assumeTrue(
                Chromium.onPath("curl").isPresent() && Chromium.onPath("bash").isPresent(), "skipped: no curl or bash");

        assertThat(output(List.of("bash", "-c", example(model, "curl").replaceFirst("curl ", "curl -sS "))))
                .contains(said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void theJavaProgramAnswers(String model, String said, @TempDir Path directory) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path source = Files.writeString(directory.resolve("Story.java"), example(model, "java"));

        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-cp",
                                classPath,
                                "-d",
                                directory.toString(),
                                source.toString()))
                .isZero();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        assertThat(output(List.of(
                        java.toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        directory + File.pathSeparator + classPath,
                        "Story")))
                .contains(said);
    }

    /** The text of an example, as a browser copies it. */
    private String example(String model, String language) {
        Matcher code = Pattern.compile(
                        "(?s)<code id=\"" + Pattern.quote("model:" + model + ":" + language) + "\">(.*?)</code>")
                .matcher(page);
        assertThat(code.find()).isTrue();
        return code.group(1)
                .replaceAll("</?i>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("example", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
