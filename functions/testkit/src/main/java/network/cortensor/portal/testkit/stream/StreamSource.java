package network.cortensor.portal.testkit.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Brings a table's changes to a function, from the stream's beginning on: in batches of up to 100, in each shard's order, again from the
 * first change on that the function could not handle. Not thread-safe: {@link StreamSources} polls several on one thread.
 *
 * <p>What Lambda does and this does not: give a change up after some tries, halve batches, run shards side by side.
 */
public final class StreamSource {
    private static final int BATCH = 100;

    private final DynamoDbStreamsClient streams;
    private final String streamArn;
    private final StreamFunction function;
    private final Map<String, String> iterators = new LinkedHashMap<>();
    private final Map<String, List<Record>> waiting = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    public StreamSource(DynamoDbStreamsClient streams, String streamArn, StreamFunction function) {
        this.streams = streams;
        this.streamArn = streamArn;
        this.function = function;
    }

    /** Polls whatever is there by now; returns how many changes were handled. */
    public int poll() {
        find();
        int handled = 0;
        for (String shard : List.copyOf(iterators.keySet())) {
            handled += poll(shard);
        }
        return handled;
    }

    private void find() {
        String last = null;
        do {
            String from = last;
            var description = streams.describeStream(
                            describe -> describe.streamArn(streamArn).exclusiveStartShardId(from))
                    .streamDescription();
            description.shards().stream()
                    .map(Shard::shardId)
                    .filter(this::isNew)
                    .forEach(this::begin);
            last = description.lastEvaluatedShardId();
        } while (last != null);
    }

    private boolean isNew(String shard) {
        return !iterators.containsKey(shard) && !ended.contains(shard);
    }

    private void begin(String shard) {
        iterators.put(
                shard,
                streams.getShardIterator(get -> get.streamArn(streamArn)
                                .shardId(shard)
                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator());
    }

    private int poll(String shard) {
        List<Record> batch = new ArrayList<>(waiting.getOrDefault(shard, List.of()));
        if (batch.isEmpty()) {
            batch.addAll(read(shard));
        }
        if (batch.isEmpty()) {
            return 0;
        }
        Set<String> failures = StreamEventJson.failures(function.handle(StreamEventJson.event(streamArn, batch)));
        List<Record> again = fromFirst(failures, batch);
        waiting.put(shard, again);
        return batch.size() - again.size();
    }

    private List<Record> read(String shard) {
        String iterator = iterators.get(shard);
        try {
            GetRecordsResponse read =
                    streams.getRecords(get -> get.shardIterator(iterator).limit(BATCH));
            next(shard, read);
            return read.records();
        } catch (TrimmedDataAccessException e) {
            // DynamoDB Local forgets where the beginning of a shard was that was empty when it was asked.
            begin(shard);
            return List.of();
        }
    }

    private void next(String shard, GetRecordsResponse read) {
        if (read.nextShardIterator() == null) {
            iterators.remove(shard);
            ended.add(shard);
        } else {
            iterators.put(shard, read.nextShardIterator());
        }
    }

    private static List<Record> fromFirst(Set<String> failures, List<Record> batch) {
        if (failures.contains("")) {
            return batch;
        }
        for (int index = 0; index < batch.size(); index++) {
            if (failures.contains(batch.get(index).dynamodb().sequenceNumber())) {
                return List.copyOf(batch.subList(index, batch.size()));
            }
        }
        return List.of();
    }
}
