package network.cortensor.portal.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import network.cortensor.portal.testkit.schedule.Schedule;

/**
 * The table as one worker reaches it: through a network that loses requests and answers, and lets writes land long after the client gave
 * up on them. Like the SDK, it sends a call again, the same bytes, after 1 s without an answer, and gives up after 3 s.
 */
final class UnreliableTable implements SlotTable {
    private static final int TRIES = 3;
    private static final int TRY_MILLIS = 1_000;
    private static final int LATE_MILLIS = 10_000;
    private static final int LATEST_MILLIS = 400_000;

    private final SlotTable table;
    private final Network network;
    private final Map<String, Long> lastRead = new HashMap<>();

    /**
     * What lies between.
     *
     * @param badness percentage of tries that do not come back
     * @param alive a step of the worker: throws if it dies here
     */
    record Network(
            Schedule schedule,
            SharedTable shared,
            int badness,
            Runnable alive,
            RandomGenerator random,
            WorldTrace trace) {}

    private record Read(List<Lease> rows, long call) {}

    /** A call's effect on the table. */
    private interface Effect<T> {
        T carriedOut() throws SlotsUnavailable;
    }

    UnreliableTable(SlotTable table, Network network) {
        this.table = table;
        this.network = network;
    }

    /** The number of the call that last read a router's rows for this worker. */
    long lastRead(String router) {
        return lastRead.getOrDefault(router, 0L);
    }

    @Override
    public List<Lease> rows(String router) throws SlotsUnavailable {
        Read read = call(
                "read " + router,
                () -> new Read(table.rows(router), network.shared().calls()));
        lastRead.put(router, read.call());
        return read.rows();
    }

    @Override
    public Optional<Lease> put(Lease lease, Instant expiredBefore) throws SlotsUnavailable {
        return call("put " + name(lease), () -> table.put(lease, expiredBefore));
    }

    @Override
    public void delete(Lease lease) throws SlotsUnavailable {
        call("delete " + name(lease), () -> {
            table.delete(lease);
            return "done";
        });
    }

    private <T> T call(String what, Effect<T> effect) throws SlotsUnavailable {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Optional<T> answer = once(what, effect);
            network.alive().run();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        network.trace().say(() -> what + ": given up");
        throw new SlotsUnavailable(new IllegalStateException("no answer"));
    }

    private <T> Optional<T> once(String what, Effect<T> effect) throws SlotsUnavailable {
        RandomGenerator random = network.random();
        int there = 1 + random.nextInt(100);
        if (random.nextInt(100) >= network.badness()) {
            pause(there);
            T answer = effect.carriedOut();
            network.trace().say(() -> what + ": " + text(answer));
            pause(1 + random.nextInt(random.nextInt(20) == 0 ? TRY_MILLIS - there : 100));
            return Optional.of(answer);
        }
        switch (random.nextInt(4)) {
            case 0 -> network.trace().say(() -> what + ": lost on its way");
            case 1 -> land(there, what, effect);
            case 2 -> land(there + random.nextInt(LATE_MILLIS), what, effect);
            default -> land(there + random.nextInt(LATEST_MILLIS), what, effect);
        }
        pause(TRY_MILLIS);
        return Optional.empty();
    }

    /** Is carried out at some time, whether or not anyone waits for it, or is alive, by then. */
    private <T> void land(int afterMillis, String what, Effect<T> effect) {
        Schedule schedule = network.schedule();
        String sender = schedule.actor();
        schedule.at(schedule.instant().plusMillis(afterMillis), () -> {
            try {
                T answer = effect.carriedOut();
                network.trace().say(() -> what + " of " + sender + " lands, unanswered: " + text(answer));
            } catch (SlotsUnavailable e) {
                throw new IllegalStateException("the shared table always answers", e);
            }
        });
    }

    private void pause(int millis) {
        network.schedule().pause(Duration.ofMillis(millis));
    }

    private static String name(Lease lease) {
        return lease.session().id() + "#" + lease.number() + " " + lease.owner().substring(0, 4);
    }

    private static String text(Object answer) {
        return switch (answer) {
            case Read read ->
                read.rows().stream().map(UnreliableTable::name).collect(Collectors.joining(", ", "[", "]"));
            case Optional<?> inTheWay ->
                inTheWay.map(row -> "in the way " + name((Lease) row)).orElse("written");
            default -> answer.toString();
        };
    }
}
