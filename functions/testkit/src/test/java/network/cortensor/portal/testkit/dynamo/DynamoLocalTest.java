package network.cortensor.portal.testkit.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoLocalTest {
    private final DynamoLocal dynamo = DynamoLocal.startWith(ExampleTables::create);
    private final DynamoDbClient client = dynamo.client();

    @AfterAll
    void stop() {
        dynamo.close();
    }

    @Test
    void anEditShowsInTheStreamWithBothImages() {
        Map<String, AttributeValue> before = Map.of("pool", text("streamed"), "state", text("live"));
        Map<String, AttributeValue> after = Map.of("pool", text("streamed"), "state", text("paused"));

        client.putItem(put -> put.tableName(ExampleTables.POOLS).item(before));
        client.putItem(put -> put.tableName(ExampleTables.POOLS).item(after));

        List<Record> records = records(describe(ExampleTables.POOLS).latestStreamArn());
        assertThat(records.getLast().dynamodb().oldImage()).isEqualTo(before);
        assertThat(records.getLast().dynamodb().newImage()).isEqualTo(after);
    }

    @Test
    void whatIsWrittenInsideTheProcessIsReadOverHttp() {
        client.putItem(put -> put.tableName(ExampleTables.POOLS).item(Map.of("pool", text("written-inside"))));

        try (DynamoDbClient overHttp = overHttp()) {
            assertThat(overHttp.getItem(get ->
                                    get.tableName(ExampleTables.POOLS).key(Map.of("pool", text("written-inside"))))
                            .hasItem())
                    .isTrue();
            assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(() -> overHttp.scan(scan -> scan.tableName("nothing")));
        }
    }

    @Test
    void aFailedConditionIsTheSdksOwnExceptionAndCarriesTheItem() {
        Map<String, AttributeValue> item = Map.of("router", text("host:1"), "slot", text("1#0"));
        client.putItem(put -> put.tableName(ExampleTables.SLOTS).item(item));

        assertThatExceptionOfType(ConditionalCheckFailedException.class)
                .isThrownBy(() -> client.putItem(put -> put.tableName(ExampleTables.SLOTS)
                        .item(item)
                        .conditionExpression("attribute_not_exists(slot)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)))
                .matches(e -> e.item().equals(item));
    }

    @Test
    void resultsCanBePaged() {
        for (int i = 0; i < 3; i++) {
            String target = "t" + i;
            client.putItem(put ->
                    put.tableName(ExampleTables.TARGETS).item(Map.of("pool", text("paged"), "target", text(target))));
        }

        assertThat(client.queryPaginator(query -> query.tableName(ExampleTables.TARGETS)
                                .keyConditionExpression("#p = :p")
                                .expressionAttributeNames(Map.of("#p", "pool"))
                                .expressionAttributeValues(Map.of(":p", text("paged")))
                                .limit(1))
                        .items())
                .hasSize(3);
    }

    @Test
    void itStartsQuietlyAndLeavesNoThreadThatKeepsTheJvmAlive() throws Exception {
        Set<Thread> before = keepingAlive();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream recorder = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(recorder);
        System.setErr(recorder);
        DynamoLocal other;
        try {
            other = DynamoLocal.startWith(ExampleTables::create);
            other.client().scan(scan -> scan.tableName(ExampleTables.POOLS));
            other.close();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        for (Thread thread : keepingAlive()) {
            if (!before.contains(thread)) {
                assertThat(thread.join(Duration.ofMinutes(1)))
                        .as("the end of %s", thread)
                        .isTrue();
            }
        }
        assertThatExceptionOfType(SdkClientException.class)
                .isThrownBy(() -> other.client().listTables())
                .withMessage("DynamoDB Local is closed");
    }

    @Test
    void aPortInUseIsNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> DynamoLocal.start(dynamo.url().getPort()))
                .withMessage(
                        "DynamoDB Local cannot serve on port " + dynamo.url().getPort());
    }

    private DynamoDbClient overHttp() {
        return DynamoDbClient.builder()
                .endpointOverride(dynamo.url())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("other", "secret")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    private TableDescription describe(String table) {
        return client.describeTable(describe -> describe.tableName(table)).table();
    }

    private List<Record> records(String stream) {
        DynamoDbStreamsClient streams = dynamo.streams();
        String shard = streams.describeStream(describe -> describe.streamArn(stream))
                .streamDescription()
                .shards()
                .getFirst()
                .shardId();
        String iterator = streams.getShardIterator(
                        get -> get.streamArn(stream).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return streams.getRecords(get -> get.shardIterator(iterator)).records();
    }

    private static Set<Thread> keepingAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon())
                .collect(Collectors.toSet());
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }
}
