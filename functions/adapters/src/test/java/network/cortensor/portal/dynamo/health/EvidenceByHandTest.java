package network.cortensor.portal.dynamo.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.dynamo.TableNames;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.HealthUnavailable;
import network.cortensor.portal.health.Learning;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Observation;
import network.cortensor.portal.health.PoolHealth;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.Protocol.Cortensor;
import network.cortensor.portal.model.Protocol.SessionForm;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Evidence after a person's edit of any one attribute: routing reads it at once, and a few honest observations make the item what it would be without the edit. */
class EvidenceByHandTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Target TARGET = new Target(
            new TargetId("oss-20b", "r1-s168"),
            URI.create("http://r1:5010"),
            new Cortensor(2, SessionForm.BODY, 168),
            Capacity.ONE,
            1,
            State.LIVE,
            Optional.empty());

    private static final List<AttributeValue> VALUES = List.of(
            AttributeValue.fromS(""),
            AttributeValue.fromS("1"),
            AttributeValue.fromS("yesterday"),
            AttributeValue.fromS("2999-01-01T00:00:00Z"),
            AttributeValue.fromS(Instant.MAX.toString()),
            AttributeValue.fromS(Instant.MIN.toString()),
            AttributeValue.fromN("0"),
            AttributeValue.fromN("-1"),
            AttributeValue.fromN("0.5"),
            AttributeValue.fromN("2147483648"),
            AttributeValue.fromN("999999999999999999"),
            AttributeValue.fromN("9.9E+125"),
            AttributeValue.fromBool(true),
            AttributeValue.fromNul(true),
            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1})),
            AttributeValue.fromSs(List.of("a")),
            AttributeValue.fromNs(List.of("1")),
            AttributeValue.fromL(List.of(AttributeValue.fromN("1"))),
            AttributeValue.fromM(Map.of("N", AttributeValue.fromN("1"))));

    /** A table of one item that takes whatever is put. */
    private static final class OneItem implements DynamoDbClient {
        private Map<String, AttributeValue> item = Map.of();

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder().item(item).build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            return QueryResponse.builder().items(List.of(item)).count(1).build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            item = request.item();
            return PutItemResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }

    private final OneItem table = new OneItem();
    private final DynamoHealth store = new DynamoHealth(table, TableNames.prefixed("x-"), new SplittableRandom(1));

    /** Whose item has every attribute that there is. */
    private static TargetHealth everything() {
        TargetHealth health = TargetHealth.none(TARGET.session());
        List<Observation> seen = List.of(
                new Observation.ProbePassed(Duration.ofSeconds(10), SpecialTokens.STRIPPED),
                new Observation.Looked(Liveness.ALIVE),
                new Observation.Failed(new Failure.RouterError()),
                new Observation.Failed(new Failure.RouterError()),
                new Observation.Failed(new Failure.RouterError()),
                new Observation.Limited(NOON.plusSeconds(30)),
                new Observation.Drained(NOON));
        for (Observation observation : seen) {
            health = HealthFold.fold(health, observation, NOON);
        }
        return health;
    }

    private void honestly(Instant from) throws HealthUnavailable {
        Learning learning = new Learning(store);
        Instant now = from;
        for (Observation seen : List.of(
                new Observation.Looked(Liveness.ALIVE),
                new Observation.ProbePassed(Duration.ofSeconds(10), SpecialTokens.KEPT),
                new Observation.Served(Optional.of(Duration.ofSeconds(10))),
                new Observation.Failed(new Failure.RouterError()),
                new Observation.Served(Optional.of(Duration.ofSeconds(10))),
                new Observation.Served(Optional.of(Duration.ofSeconds(10))),
                new Observation.Drained(now.plusSeconds(60)))) {
            now = now.plusSeconds(60);
            learning.fromProbe(TARGET, store.find(TARGET.id()).orElseThrow().about(TARGET.session()), seen, now);
        }
    }

    static Stream<Arguments> edits() throws HealthUnavailable {
        EvidenceByHandTest written = new EvidenceByHandTest();
        written.store.write(TARGET.id(), everything());
        return written.table.item.keySet().stream()
                .filter(name -> !List.of("pool", "target").contains(name))
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void anEditedAttributeDoesNoHarmAndIsHonestAgainAfterAFewObservations(String attribute) throws Exception {
        store.write(TARGET.id(), everything());
        Map<String, AttributeValue> written = table.item;
        honestly(NOON.plusSeconds(3_600));
        Map<String, AttributeValue> honest = plain(table.item);
        Instant later = NOON.plusSeconds(7_200);
        for (AttributeValue value : VALUES) {
            Map<String, AttributeValue> edited = new HashMap<>(written);
            edited.put(attribute, value);
            table.item = edited;
            TargetView read = TargetView.of(
                    TARGET, new PoolHealth(store.pool("oss-20b"), Optional.of(NOON)), NOON.plusSeconds(60));
            assertThat(read.limitedUntil().filter(until -> until.isAfter(NOON.plusSeconds(3_600))))
                    .as("limit by %s = %s", attribute, value)
                    .isEmpty();
            assertThat(read.firstToken().filter(time -> time.toHours() > 0))
                    .as("time to the first token by %s = %s", attribute, value)
                    .isEmpty();

            honestly(NOON.plusSeconds(3_600));

            assertThat(plain(table.item)).as("%s = %s", attribute, value).isEqualTo(honest);
            TargetHealth healed = store.find(TARGET.id()).orElseThrow();
            assertThat(healed.standing(later)).isEqualTo(Standing.GOOD);
            assertThat(healed.believable(later)).as("%s = %s", attribute, value).isEqualTo(healed);
            assertThat(healed.drainedBy(later)).as("%s = %s", attribute, value).isPresent();
        }
    }

    /** Without what counts writes, tells them apart, is an average over the past, or tells since when something is so. */
    private static Map<String, AttributeValue> plain(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> plain = new HashMap<>(item);
        plain.keySet()
                .removeAll(List.of(
                        "version",
                        "write",
                        "firstTokenMillis",
                        "rotation",
                        "ejections",
                        "returnedFrom",
                        "livenessSince",
                        "drained"));
        return plain;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59.999999999Z",
                "2999-01-01T00:00:00Z",
                "-1000000000-01-01T00:00:00Z",
                "noon"
            })
    void aHeartbeatThatNoTickWroteSaysNothing(String finished) throws Exception {
        table.item = Map.of("finished", AttributeValue.fromS(finished));
        PoolHealth health = new PoolHealth(Map.of(), store.heartbeat());

        assertThat(health.stale(NOON)).isTrue();
        assertThat(health.standing(TARGET, NOON)).isEqualTo(Standing.UNKNOWN);
    }
}
