package network.cortensor.portal.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * The table as one worker reaches it: through a network that loses requests and answers, and lets writes land after the client gave up on
 * them. Like the SDK, it sends a call again, the same bytes, after 1 s without an answer, and gives up after 3 s.
 */
final class UnreliableUsageTable implements UsageTable {
    private static final int TRIES = 3;
    private static final int TRY_MILLIS = 1_000;
    private static final int LATEST_MILLIS = 60_000;

    private final UsageTable table;
    private final Network network;

    /**
     * What lies between.
     *
     * @param judge is told when what is carried out was decided
     * @param badness percentage of tries that do not come back
     * @param step a step of the worker: throws if it dies here
     */
    record Network(Schedule schedule, UsageJudge judge, int badness, Runnable step, RandomGenerator random) {}

    private interface Call<T> {
        T carriedOut() throws UsageUnavailable;
    }

    UnreliableUsageTable(UsageTable table, Network network) {
        this.table = table;
        this.network = network;
    }

    @Override
    public Counters counters(String customer) throws UsageUnavailable {
        return call(() -> table.counters(customer));
    }

    @Override
    public CountersWrite enter(Counters seen, Entry entry) throws UsageUnavailable {
        return call(() -> table.enter(seen, entry));
    }

    @Override
    public CountersWrite leave(Counters seen, Exit exit) throws UsageUnavailable {
        return call(() -> table.leave(seen, exit));
    }

    @Override
    public CountersWrite countRefused(Counters seen, String keyId) throws UsageUnavailable {
        return call(() -> table.countRefused(seen, keyId));
    }

    @Override
    public CountersWrite roll(Counters seen, Counters next) throws UsageUnavailable {
        return call(() -> table.roll(seen, next));
    }

    @Override
    public void record(Period.Sum sum) throws UsageUnavailable {
        call(() -> {
            table.record(sum);
            return true;
        });
    }

    @Override
    public void open(UsageEvent event) throws UsageUnavailable {
        call(() -> {
            table.open(event);
            return true;
        });
    }

    @Override
    public UsageEvent settle(UsageEvent event) throws UsageUnavailable {
        return call(() -> table.settle(event));
    }

    @Override
    public Optional<UsageEvent> close(String keyId, RequestId request) throws UsageUnavailable {
        return call(() -> table.close(keyId, request));
    }

    private <T> T call(Call<T> decided) throws UsageUnavailable {
        Instant at = network.schedule().instant();
        Call<T> call = () -> {
            network.judge().decided(at);
            return decided.carriedOut();
        };
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<T> answer = once(call);
            network.step().run();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new UsageUnavailable("no answer");
    }

    private <T> Optional<T> once(Call<T> call) throws UsageUnavailable {
        RandomGenerator random = network.random();
        int there = 1 + random.nextInt(20);
        if (random.nextInt(100) >= network.badness()) {
            pause(there);
            T answer = call.carriedOut();
            network.step().run();
            pause(1 + random.nextInt(20));
            return Optional.of(answer);
        }
        switch (random.nextInt(3)) {
            case 0 -> {}
            case 1 -> land(there, call);
            default -> land(there + random.nextInt(LATEST_MILLIS), call);
        }
        pause(TRY_MILLIS);
        return Optional.empty();
    }

    /** Is carried out at some time, whether or not anyone waits for it, or is alive, by then. */
    private <T> void land(int afterMillis, Call<T> call) {
        network.schedule().at(network.schedule().instant().plusMillis(afterMillis), () -> {
            try {
                call.carriedOut();
            } catch (UsageUnavailable e) {
                throw new IllegalStateException("the shared table always answers", e);
            }
        });
    }

    private void pause(int millis) {
        network.schedule().pause(Duration.ofMillis(millis));
    }
}
