package network.cortensor.portal.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.References;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.FinishReason;
import network.cortensor.portal.dispatch.CalledInTurn;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.dispatch.Outcome.Effort;
import network.cortensor.portal.dispatch.Refusal;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.telemetry.Line;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.Ledger;

/** The whole API on a canned catalog and a scripted dispatcher. */
final class ApiRig {
    static final Effort EFFORT = new Effort(1, Duration.ofMillis(250), Optional.of(Duration.ofMillis(900)));

    private static final TokenCounter COUNTER = new TokenCounter();

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(7);

    final List<Job> jobs = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final AtomicInteger keyLookups = new AtomicInteger();
    final AtomicInteger catalogReads = new AtomicInteger();

    Dispatcher dispatcher = answering(
            new CompletionEvent.Text("Hello"),
            new CompletionEvent.Text(" you"),
            new CompletionEvent.End(FinishReason.STOP, Optional.empty()));
    ModelsAccess modelsAccess = ModelsAccess.KEY_HOLDERS;
    List<AliasView> aliases = Fixtures.catalog();
    final MemoryActivity sums = new MemoryActivity();
    final Activity activity = new Activity(sums, () -> Fixtures.NOW);
    final UsageFaults usage = new UsageFaults();
    Plan plan = new Plan("test", Limits.NONE, Limits.NONE);
    Instant now = Fixtures.NOW;
    boolean catalogDown;
    boolean keysDown;

    /** Delivers a whole answer. */
    static Dispatcher answering(CompletionEvent... events) {
        return (job, delivery) -> {
            for (CompletionEvent event : events) {
                delivery.deliver(event);
            }
            return new Outcome.Answered(EFFORT);
        };
    }

    /** Delivers what there is, and then has no end. */
    static Dispatcher refusing(Refusal refusal, CompletionEvent... before) {
        return (job, delivery) -> {
            for (CompletionEvent event : before) {
                delivery.deliver(event);
            }
            return new Outcome.Unanswered(refusal, EFFORT);
        };
    }

    /** Delivers what there is, and then breaks. */
    static Dispatcher breaking(RuntimeException bug, CompletionEvent... before) {
        return (job, delivery) -> {
            for (CompletionEvent event : before) {
                delivery.deliver(event);
            }
            throw bug;
        };
    }

    /** What the model of the customer's choice is asked. */
    static CompletionRequest asked(Job job) {
        return job.requests().of(ServedModel.own(Fixtures.named(job.alias())));
    }

    CustomerAnswer call(Call call) {
        return send(call.event());
    }

    CustomerAnswer send(byte[] event) {
        return send(handler(), event);
    }

    /** By a worker that may have seen requests before. */
    CustomerAnswer send(ApiHandler handler, byte[] event) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        AtomicInteger status = new AtomicInteger();
        Map<String, String> headers = new HashMap<>();
        try {
            handler.handle(event, Fixtures.NOW, Fixtures.NOW.plusSeconds(300), (code, sent) -> {
                status.set(code);
                headers.putAll(sent);
                return body;
            });
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return new CustomerAnswer(status.get(), headers, body.toString(StandardCharsets.UTF_8));
    }

    ApiHandler handler() {
        return new ApiHandler(parts());
    }

    ApiParts parts() {
        return new ApiParts(
                keys(),
                modelsAccess,
                catalog(),
                new Ledger(usage, () -> now, this::pause, Ledger.Terms.PRODUCTION),
                this::dispatch,
                COUNTER,
                activity,
                lines::add,
                () -> Fixtures.NOW.plusSeconds(3),
                new CalledInTurn(),
                random);
    }

    private void pause(Duration duration) {
        now = now.plus(duration);
    }

    private Outcome dispatch(Job job, Delivery delivery) throws IOException, InterruptedException {
        jobs.add(job);
        return dispatcher.dispatch(job, delivery);
    }

    private Keys keys() {
        return new Keys("local", hash -> {
            keyLookups.incrementAndGet();
            return keysDown ? new KeyVerdict.Unavailable() : planned(TestKeys.find(hash));
        });
    }

    /** Whoever holds a good key is on the rig's plan. */
    private KeyVerdict planned(KeyVerdict verdict) {
        return verdict instanceof KeyVerdict.Known(Customer customer)
                ? new KeyVerdict.Known(new Customer(customer.keyId(), customer.customer(), plan, customer.models()))
                : verdict;
    }

    private Catalog catalog() {
        return new Catalog() {
            @Override
            public Optional<AliasView> find(String name) throws CatalogUnavailable {
                List<AliasView> all = all();
                return References.named(name, all.stream().map(AliasView::alias).toList())
                        .flatMap(alias -> all.stream()
                                .filter(view -> view.alias().equals(alias))
                                .findFirst());
            }

            // What was read for the alias is remembered.
            @Override
            public List<String> names(ModelAlias alias) {
                return References.names(
                        alias, aliases.stream().map(AliasView::alias).toList());
            }

            @Override
            public List<AliasView> all() throws CatalogUnavailable {
                catalogReads.incrementAndGet();
                if (catalogDown) {
                    throw new CatalogUnavailable(new IOException("down"));
                }
                return aliases;
            }
        };
    }
}
