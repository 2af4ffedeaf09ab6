package network.cortensor.portal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.inference.InferenceHandler;
import network.cortensor.portal.prober.Prober;
import network.cortensor.portal.testkit.dynamo.Disturbance;
import network.cortensor.portal.testkit.dynamo.FaultyDynamoDb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What each function asks of its tables, against what its role may do by {@code who-may-do-what.md}. With a right too few, requests fail on AWS and nowhere else; one too many
 * is a way for a mistake to do harm.
 */
@Timeout(180)
class RightsTest {
    private static final Pattern GRANT = Pattern.compile("\\| (\\w+) \\| (dynamodb:[^|]+) \\| table (\\w+) \\|");

    private static FastPortal fast;

    @BeforeAll
    static void start() throws Exception {
        fast = new FastPortal(1);
    }

    @AfterAll
    static void end() {
        fast.close();
    }

    /** A client that notes what it is asked, such as {@code GetItem Models}. */
    private static final class Asked {
        private final Set<String> calls = new ConcurrentSkipListSet<>();
        private final FaultyDynamoDb tables =
                new FaultyDynamoDb(fast.portal().dynamo().client());

        private Asked() {
            whenAsked("nothing", () -> {});
        }

        private void whenAsked(String which, Runnable then) {
            tables.plan(request -> {
                calls.add(call(request));
                if (call(request).equals(which)) {
                    then.run();
                }
                return Disturbance.NONE;
            });
        }

        private DynamoDbClient client() {
            return tables.client();
        }

        private static String call(SdkRequest request) {
            String table = request.getValueForField("TableName", String.class).orElse("several");
            return request.getClass().getSimpleName().replace("Request", "") + " " + names().getOrDefault(table, table);
        }
    }

    /** The tables of the local product by the names that the deployment's table of rights has for them. */
    private static Map<String, String> names() {
        TableNames tables = fast.portal().tables();
        return Map.of(
                tables.models(), "Models",
                tables.pools(), "Pools",
                tables.targets(), "Targets",
                tables.targetHealth(), "TargetHealth",
                tables.sessionSlots(), "SessionSlots",
                tables.catalogHistory(), "CatalogHistory",
                tables.apiKeys(), "ApiKeys",
                tables.usage(), "Usage");
    }

    private static Set<String> granted(String role) throws IOException {
        Path table = Path.of(
                System.getProperty("portal.root"), "infra-cdk", "src", "test", "resources", "who-may-do-what.md");
        return Files.readString(table)
                .lines()
                .flatMap(line -> GRANT.matcher(line).results())
                .filter(grant -> grant.group(1).equals(role))
                .flatMap(grant -> Stream.of(grant.group(2).split(" "))
                        .map(action -> action.replace("dynamodb:", "") + " " + grant.group(3)))
                .collect(Collectors.toSet());
    }

    @Test
    void theCustomersFunctionDoesWhatItsRoleMayAndNothingElse() throws Exception {
        fast.alias("righted", Map.of(), Map.of("t", fast.onRouterA(91_000, "live")));
        Asked asked = new Asked();
        InferenceHandler worker = fast.portal().worker(asked.client());

        answer(worker, ChatEvent.streamed(FastPortal.KEY, "righted").bytes());
        answer(worker, get("/v1/models"));
        answer(worker, get("/v1/usage"));
        answer(worker, get("/health"));
        worker.witness().finish();

        assertThat(asked.calls).containsExactlyInAnyOrderElementsOf(granted("InferenceRole"));
    }

    private static byte[] get(String path) {
        return """
                {"httpMethod":"GET","path":"%s","headers":{"authorization":"Bearer %s"}}""".formatted(path, FastPortal.KEY).getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(InferenceHandler worker, byte[] event) throws Exception {
        Instant now = Instant.now();
        worker.api().handle(event, now, now.plusSeconds(300), (status, _) -> {
            assertThat(status).isEqualTo(200);
            return OutputStream.nullOutputStream();
        });
    }

    @Test
    void theProberDoesWhatItsRoleMayAndNothingElse() throws IOException {
        fast.alias(
                "probed", Map.of(), Map.of("t", fast.onRouterA(92_000, "live"), "u", fast.onRouterB(92_001, "live")));
        Asked asked = new Asked();

        assertThat(new Prober(() -> fast.portal().proberParts(asked.client())).tick(Duration.ofMinutes(5)))
                .isEqualTo(Prober.Outcome.FINISHED);

        assertThat(asked.calls).containsExactlyInAnyOrderElementsOf(granted("ProberRole"));
    }

    @Test
    void whatRecordsTheCatalogDoesWhatItsRoleMayAndNothingElse() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        Asked asked = new Asked();
        asked.whenAsked("PutItem CatalogHistory", recorded::countDown);
        try (AutoCloseable _ = HistoryStream.start(
                fast.portal().dynamo(),
                asked.client(),
                fast.portal().tables(),
                new HeardLines(),
                InstantSource.system())) {
            fast.alias("recorded", Map.of(), Map.of());
            recorded.await();
        }

        assertThat(asked.calls).containsExactlyInAnyOrderElementsOf(granted("HistoryRole"));
    }
}
