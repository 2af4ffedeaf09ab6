package network.cortensor.portal.dispatch;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.PromptFormat;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.slots.Lease;
import network.cortensor.portal.slots.MemorySlotTable;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.telemetry.Line;

/** A dispatcher in virtual time with everything around it under the test's control. */
final class DispatcherRig {
    final VirtualTime time = new VirtualTime();
    final EditedCatalog catalog = new EditedCatalog(time);
    final ScriptedRouter router = new ScriptedRouter(time, time);
    final MemorySlotTable rows = new MemorySlotTable();
    final RecordedDelivery delivery = new RecordedDelivery(time);
    final List<Line> lines = new ArrayList<>();
    final List<String> learned = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private ModelRequests requests = ModelRequests.only(request());
    private AnswerCheck form = new AnswerCheck.Any();
    private Job.Wish wish = Job.Wish.STREAM;
    private Job.Origin origin = Job.Origin.FIRST_TRY;
    private Duration killedAfter = Duration.ofMinutes(5);
    private Dispatcher dispatcher = new PoolDispatcher(parts(rows));

    DispatcherRig requests(ModelRequests asked) {
        requests = asked;
        return this;
    }

    DispatcherRig wish(Job.Wish wished) {
        wish = wished;
        return this;
    }

    DispatcherRig form(AnswerCheck asked) {
        form = asked;
        return this;
    }

    DispatcherRig origin(Job.Origin changed) {
        origin = changed;
        return this;
    }

    /** When the platform ends the worker. */
    DispatcherRig killedAfter(Duration sinceReceipt) {
        killedAfter = sinceReceipt;
        return this;
    }

    /** Reaches the rows through something else. */
    DispatcherRig through(SlotTable table) {
        dispatcher = new PoolDispatcher(parts(table));
        return this;
    }

    Outcome dispatch() throws IOException, InterruptedException {
        return dispatcher.dispatch(job(), delivery);
    }

    private Job job() {
        return new Job(
                "request-1",
                "customer-1",
                EditedCatalog.ALIAS,
                requests,
                form,
                wish,
                origin,
                time.instant(),
                time.instant().plus(killedAfter));
    }

    static CompletionRequest request() {
        return new CompletionRequest(
                new Input.Prompt("Hello"),
                PromptFormat.HARMONY,
                16,
                Sampling.DEFAULT,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private DispatcherParts parts(SlotTable table) {
        return new DispatcherParts(
                catalog,
                new Slots(table, time, random, Slots.Terms.PRODUCTION),
                router,
                new Listener(),
                lines::add,
                new DispatcherParts.Time(time, time, new CalledInTurn(), Timing.PRODUCTION),
                random);
    }

    /** Somebody else's attempt has been on a target of pool {@code main} for so long. */
    Lease occupy(String target, Duration since) {
        return occupy("main", target, since);
    }

    Lease occupy(String pool, String target, Duration since) {
        return occupy(pool, target, "someone else", since);
    }

    /** @param owner of the attempt, which no other has */
    Lease occupy(String pool, String target, String owner, Duration since) {
        Session session = EditedCatalog.target(pool, target).session();
        Lease lease = new Lease(
                session,
                0,
                owner,
                time.instant().minus(since),
                time.instant().minus(since).plusSeconds(210));
        rows.put(lease, time.instant());
        return lease;
    }

    /** The targets of pool {@code main} whose slot is taken. */
    List<String> taken(String... names) {
        return List.of(names).stream()
                .filter(name -> !rows.rows(name + ".example:443").isEmpty())
                .toList();
    }

    /** The log's lines of one kind. */
    List<Line> lines(String event) {
        return lines.stream().filter(line -> line.event().equals(event)).toList();
    }

    private final class Listener implements Witness {
        @Override
        public void worked(Target target, Optional<Duration> firstToken) {
            learned.add(target.id().name() + " worked "
                    + firstToken.map(Duration::toString).orElse("without a token"));
        }

        @Override
        public void failed(Target target, Failure failure) {
            learned.add(target.id().name() + " " + failure.kind());
        }

        @Override
        public void finish() {}
    }
}
