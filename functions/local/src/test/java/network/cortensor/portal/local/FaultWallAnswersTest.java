package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.local.AnswerWallCase.Upstream;
import network.cortensor.portal.local.WallCase.Front;
import network.cortensor.portal.testkit.router.OpenAiConfig;
import network.cortensor.portal.testkit.router.OpenAiSimulator;
import org.junit.jupiter.api.Test;

/**
 * Every imperfect way to write calls, JSON and ends × the three APIs that agents use × streamed or whole, through the whole product. The
 * table of results is {@code fault-wall-answers.md}; {@code -Dportal.rewrite=true} writes it anew. Whatever an upstream writes, a customer
 * gets calls that can be executed and one end, or one error; and all APIs tell the same.
 */
class FaultWallAnswersTest {
    private static final Path TABLE = Path.of(
            System.getProperty("portal.root"),
            "functions",
            "local",
            "src",
            "test",
            "resources",
            "fault-wall-answers.md");

    private static final int AT_ONCE = 12;
    private static final long FIRST_SESSION = 700_000;

    private record Result(AnswerWallCase tried, String told) {}

    @Test
    void everyImperfectAnswerLooksToTheCustomerAsTheTableSays() throws Exception {
        List<AnswerWallCase> cases = AnswerWallCase.all();
        List<Result> results;
        try (FastPortal fast = new FastPortal(16);
                OpenAiSimulator openAi = OpenAiSimulator.start(OpenAiConfig.serving(IntStream.range(0, cases.size())
                        .mapToObj(FaultWallAnswersTest::model)
                        .toArray(String[]::new)));
                HttpClient client = HttpClient.newHttpClient()) {
            fast.portal()
                    .parameters()
                    .put("/portal/local/routers/localhost_" + openAi.url().getPort() + "/key", "none");
            fast.warmUp();
            List<Callable<Result>> runs = new ArrayList<>();
            for (int number = 0; number < cases.size(); number++) {
                AnswerWallCase each = cases.get(number);
                String name = model(number);
                Map<String, Object> target = each.upstream() == Upstream.OPENAI
                        ? onServer(openAi, each, name)
                        : onRouter(fast, each, number);
                runs.add(() -> {
                    fast.alias(name, each.upstream().format(), each.times(), Map.of("a", target));
                    return new Result(
                            each,
                            AnswerParts.told(
                                    each.api(),
                                    CustomerCall.post(
                                            client,
                                            fast.base(Front.API_GATEWAY)
                                                    .resolve(each.api().path()),
                                            each.body(name))));
                });
            }
            results = AtOnce.run(AT_ONCE, runs);
        }
        Map<String, List<Result>> rows = results.stream()
                .collect(Collectors.groupingBy(result -> result.tried().row()));
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(row.stream()
                                .map(Result::told)
                                .filter(told -> !told.matches("\\d{3} .*"))
                                .distinct())
                        .as("what all APIs say alike")
                        .hasSizeLessThanOrEqualTo(1));
        String table = table(results);
        if (Boolean.getBoolean("portal.rewrite")) {
            Files.writeString(TABLE, table);
        }
        assertThat(table).isEqualTo(Files.readString(TABLE));
    }

    private static String model(int number) {
        return "answer-" + number;
    }

    private static Map<String, Object> onServer(OpenAiSimulator openAi, AnswerWallCase each, String model) {
        openAi.session(model).set(each.settings());
        return Map.of(
                "protocol",
                "openai",
                "routerUrl",
                "http://localhost:" + openAi.url().getPort(),
                "upstreamModel",
                model,
                "capacity",
                BigDecimal.valueOf(4),
                "state",
                "live");
    }

    private static Map<String, Object> onRouter(FastPortal fast, AnswerWallCase each, int number) {
        long session = FIRST_SESSION + number;
        fast.portal().routers().router("router-a").session(session).set(each.settings());
        Map<String, Object> target = new HashMap<>(fast.onRouterA(session, "live"));
        target.put("specialTokens", "kept");
        return target;
    }

    private static String table(List<Result> results) {
        List<String> columns = results.stream()
                .map(result -> result.tried().column())
                .distinct()
                .toList();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        results.forEach(result -> rows.computeIfAbsent(result.tried().row(), row -> new LinkedHashMap<>())
                .put(result.tried().column(), result.told()));
        String body = rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | "
                        + columns.stream()
                                .map(row.getValue()::get)
                                .map(told -> told.replace("|", "\\|"))
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining());
        return """
                # The fault wall of imperfect answers

                What a customer has in hand when an answer is over, whatever its upstream wrote: texts in quotation marks (`…` is the whole
                answer), calls with their arguments, and the end, in the words of chat completions; `{…` are the arguments of a call in an answer
                that was cut. Each model has one target. Two functions are offered and two calls are wished for; gpt-oss makes one at a time.

                Kept by `FaultWallAnswersTest`.

                """
                + "| upstream | wanted | written | asked | " + String.join(" | ", columns) + " |\n"
                + "|" + "---|".repeat(4 + columns.size()) + "\n" + body;
    }
}
