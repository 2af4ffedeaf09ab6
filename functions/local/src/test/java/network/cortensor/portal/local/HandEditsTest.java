package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.catalog.Problem;
import network.cortensor.portal.dynamo.history.HistoryEntry;
import network.cortensor.portal.telemetry.Metric;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Items broken at random, written straight into the tables of the running product, while customers use other models. Each round makes
 * some aliases, breaks an item of each, asks for them all, and throws them away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HandEditsTest {
    private static final int ROUNDS = 30;
    private static final int EDITS = 10;
    private static final int CUSTOMERS = 2;
    private static final long SESSION = 60_000;

    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile boolean open = true;
    private final FastPortal fast;
    private final Recorded recorded;
    private List<Thread> customers = List.of();

    HandEditsTest() throws Exception {
        fast = new FastPortal(4);
        recorded = new Recorded(fast);
    }

    @BeforeAll
    void customersUseAnotherModel() {
        for (int session = 0; session <= CUSTOMERS; session++) {
            fast.portal().routers().router("router-a").session(SESSION + session);
        }
        fast.alias(
                "steady",
                Map.of(),
                Map.of(
                        "s0", fast.onRouterA(SESSION, "live"),
                        "s1", fast.onRouterA(SESSION + 1, "live"),
                        "doubled", fast.onRouterA(SESSION + 2, "live")));
        customers = LongStream.range(0, CUSTOMERS)
                .mapToObj(number -> Thread.ofVirtual().start(() -> use("customer " + number)))
                .toList();
    }

    @AfterAll
    void stop() throws InterruptedException {
        open = false;
        for (Thread customer : customers) {
            customer.join();
        }
        client.close();
        fast.close();
    }

    static LongStream rounds() {
        return LongStream.range(0, ROUNDS);
    }

    @Order(1)
    @ParameterizedTest(name = "seeds from {0}0")
    @MethodSource("rounds")
    void aBrokenItemIsReportedWithItsFieldAndItsOwnAliasAnswersWithoutACrash(long round) throws Exception {
        List<Victim> victims = LongStream.range(round * EDITS, (round + 1) * EDITS)
                .mapToObj(seed -> new Victim(fast, "v-" + seed, SESSION + 2))
                .toList();
        victims.forEach(Victim::create);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(round);
        List<Corruption> corruptions = victims.stream()
                .map(victim -> Corruption.random(victim, random))
                .toList();

        corruptions.forEach(
                corruption -> corruption.apply(fast.portal().dynamo().client()));

        for (int each = 0; each < EDITS; each++) {
            assertThat(ask(victims.get(each).name()))
                    .as(corruptions.get(each).toString())
                    .matches(Victim.LEGITIMATE);
        }
        for (Corruption corruption : corruptions) {
            isReported(corruption);
        }
        victims.forEach(Victim::delete);
        corruptions.forEach(Corruption::delete);
    }

    private void isReported(Corruption corruption) throws Exception {
        HistoryEntry entry = recorded.await(corruption.key(), corruption.changes(), corruption.written());
        assertThat(entry.verdict().bad()).as(corruption.toString()).isTrue();
        assertThat(entry.verdict().problems())
                .as(corruption.toString())
                .anySatisfy(problem -> assertThat(problem.field()).startsWith(corruption.field()))
                .extracting(Problem::toString)
                .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}"));
        Problem problem = entry.verdict().errors().stream()
                .filter(each -> each.field().startsWith(corruption.field()))
                .findFirst()
                .orElseThrow();
        fast.lines()
                .await(
                        1,
                        line -> line.event().equals("bad_item")
                                && problem.item().equals(line.keys().get("item"))
                                && problem.field().equals(line.keys().get("field"))
                                && line.metrics().containsKey(Metric.BAD_ITEMS));
    }

    @Order(2)
    @Test
    void noCustomerOfAnotherModelNoticed() throws Exception {
        assertThat(failures).isEmpty();
        assertThat(answers.get()).isGreaterThan(ROUNDS * EDITS);
        HttpResponse<String> models = client.send(
                HttpRequest.newBuilder(URI.create(fast.portal().apiUrl() + "/models"))
                        .timeout(Duration.ofMinutes(1))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(models.statusCode()).isEqualTo(200);
        assertThat(models.body()).contains("\"steady\"");
    }

    private void use(String customer) {
        while (open) {
            String outcome = outcome("steady", customer);
            answers.incrementAndGet();
            if (!outcome.equals("answer")) {
                failures.add(outcome);
            }
        }
    }

    private String outcome(String alias, String text) {
        try {
            return CustomerCall.outcome(
                    CustomerCall.post(
                            client,
                            URI.create(fast.portal().apiUrl() + "/chat/completions"),
                            "{\"model\":\"" + alias + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                                    + "\"}]}"),
                    text);
        } catch (Exception e) {
            return e.toString();
        }
    }

    private String ask(String alias) {
        return outcome(alias, "is anybody there");
    }
}
