package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.local.NodeProject.NotInstalled;
import network.cortensor.portal.local.WallCase.Front;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Customers' npm clients against the local product: {@code src/test/node} holds the tests, and each of them is one here. Where there is no
 * Node, or where their packages cannot be had, they are skipped and say so.
 */
@EnabledIf(value = "nodeIsThere", disabledReason = "no Node of version 20 or newer on the path")
class NodeClientsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of(System.getProperty("portal.root"), "functions", "local");
    private static final List<String> FILES = List.of("openai", "anthropic", "ai-sdk");

    /** Twice as many as any file uses. */
    private static final int MODELS_PER_FILE = 16;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    static boolean nodeIsThere() {
        return NodeProject.nodeVersion().filter(version -> version >= 20).isPresent();
    }

    @TestFactory
    Stream<DynamicTest> npmClients() throws Exception {
        NodeProject project = new NodeProject(ROOT.resolve("src/test/node"), ROOT.resolve("target/node"));
        try {
            project.install(PATIENCE);
        } catch (NotInstalled e) {
            return Stream.of(dynamicTest("npm clients", () -> abort(e.reason())));
        }
        try (SdkBench bench = new SdkBench()) {
            Map<String, List<SdkBench.Model>> models = FILES.stream()
                    .collect(Collectors.toMap(
                            file -> file,
                            file -> Stream.generate(() -> bench.model(FastPortal.PROMPT))
                                    .limit(MODELS_PER_FILE)
                                    .toList()));
            List<JsonNode> ran = results(project.test(Map.of("PORTAL", settings(bench, models)), PATIENCE));
            Map<String, Integer> billed = billed(bench, models);
            return Stream.concat(
                    ran.stream().map(NodeClientsTest::asTest),
                    Stream.of(
                            dynamicTest(
                                    "every file has run",
                                    () -> assertThat(files(ran))
                                            .containsExactlyInAnyOrder("openai", "anthropic", "ai")),
                            dynamicTest(
                                    "usage is recorded, of those who went away, too",
                                    () -> assertThat(billed).isNotEmpty().isEqualTo(asked(models)))));
        }
    }

    /** How many requests came to each model that was used at all, by its router's count. */
    private static Map<String, Integer> asked(Map<String, List<SdkBench.Model>> models) {
        return models.values().stream()
                .flatMap(List::stream)
                .filter(model -> model.session().counts().served() > 0)
                .collect(Collectors.toMap(SdkBench.Model::alias, model ->
                        (int) model.session().counts().served()));
    }

    private static Map<String, Integer> billed(SdkBench bench, Map<String, List<SdkBench.Model>> models) {
        return asked(models).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        asked -> bench.fast()
                                .usage(asked.getKey(), asked.getValue())
                                .size()));
    }

    private static String settings(SdkBench bench, Map<String, List<SdkBench.Model>> models) throws IOException {
        return JSON.writeValueAsString(Map.of(
                "fronts",
                Arrays.stream(Front.values())
                        .collect(Collectors.toMap(
                                front -> front.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                                front -> base(bench, front))),
                "key",
                FastPortal.KEY,
                "router",
                bench.fast().portal().routers().urls().getOrDefault("router-a", ""),
                "paused",
                bench.model(FastPortal.PROMPT, "paused", Map.of()).alias(),
                "models",
                FILES.stream()
                        .collect(Collectors.toMap(
                                file -> file, file -> described(models.getOrDefault(file, List.of()))))));
    }

    private static String base(SdkBench bench, Front front) {
        String url = bench.fast().base(front).toString();
        return url.substring(0, url.length() - 1);
    }

    private static List<Map<String, Object>> described(List<SdkBench.Model> models) {
        return models.stream()
                .map(model -> Map.<String, Object>of(
                        "alias",
                        model.alias(),
                        "session",
                        Long.parseLong(model.session().id())))
                .toList();
    }

    private static List<JsonNode> results(String output) {
        return output.lines()
                .filter(line -> line.startsWith("{\"name\""))
                .map(line -> parsed(line))
                .toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("a line of the reporter is no JSON: " + line, e);
        }
    }

    private static DynamicTest asTest(JsonNode result) {
        return dynamicTest(
                result.path("name").asText(),
                () -> assertThat(result.path("problem").textValue()).isNull());
    }

    private static List<String> files(List<JsonNode> ran) {
        return ran.stream()
                .map(result -> result.path("name").asText().split(",", 2)[0])
                .distinct()
                .toList();
    }
}
