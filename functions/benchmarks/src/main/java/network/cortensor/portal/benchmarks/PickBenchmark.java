package network.cortensor.portal.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.PoolView;
import network.cortensor.portal.catalog.TargetView;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.routing.AttemptTurn;
import network.cortensor.portal.routing.Decision;
import network.cortensor.portal.routing.Question;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From alias to the first target: the route's hash, every verdict of the pools in question, one weighted draw. A fleet of at most 100
 * targets is one pool; a larger one has pools of 100, and an alias has one of them as its route and one as its fallback. So the cost is
 * that of two pools, whatever the fleet's size; {@code onePool} is the same with all targets in one.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PickBenchmark {
    private static final int POOL_SIZE = 100;
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    @Param({"10", "1000", "100000"})
    int targets;

    private final SplittableRandom random = new SplittableRandom(1);
    private List<AliasView> pooled = List.of();
    private List<AliasView> single = List.of();
    private List<Question> questions = List.of();
    private int next;

    @Setup
    public void fleet() {
        List<PoolView> pools = new ArrayList<>();
        for (int start = 0; start < targets; start += POOL_SIZE) {
            pools.add(pool("pool-" + start, Math.min(POOL_SIZE, targets - start)));
        }
        pooled = IntStream.range(0, pools.size())
                .mapToObj(index -> alias("model-" + index, pools.get(index), pools.get((index + 1) % pools.size())))
                .toList();
        PoolView all = pool("all", targets);
        single = List.of(alias("model", all, all));
        questions = IntStream.range(0, 1024)
                .mapToObj(customer -> new Question("customer-" + customer, Set.of(), Set.of(), NOW))
                .toList();
    }

    @Benchmark
    public TargetView pools() {
        return pick(pooled);
    }

    @Benchmark
    public TargetView onePool() {
        return pick(single);
    }

    private TargetView pick(List<AliasView> aliases) {
        next++;
        Question question = questions.get(next & 1023);
        return Decision.of(aliases.get(next % aliases.size()), question)
                .order(random, AttemptTurn.FIRST)
                .next();
    }

    private static AliasView alias(String name, PoolView route, PoolView fallback) {
        ModelAlias alias =
                SizedFleet.alias(name, route.pool().name(), fallback.pool().name());
        return route.equals(fallback)
                ? new AliasView(alias, Map.of(route.pool().name(), route), NOW)
                : new AliasView(
                        alias,
                        Map.of(route.pool().name(), route, fallback.pool().name(), fallback),
                        NOW);
    }

    private static PoolView pool(String name, int size) {
        return new PoolView(
                SizedFleet.pool(name),
                IntStream.range(0, size)
                        .mapToObj(number -> new TargetView(
                                SizedFleet.target(name, number),
                                number % 10 == 9 ? Standing.UNKNOWN : Standing.GOOD,
                                Optional.of(Duration.ofSeconds(20))))
                        .toList());
    }
}
