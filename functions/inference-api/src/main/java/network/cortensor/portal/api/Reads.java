package network.cortensor.portal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.json.JsonBody;
import network.cortensor.portal.api.json.JsonField;
import network.cortensor.portal.api.keys.PresentedKey;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.completion.Feature;
import network.cortensor.portal.dispatch.Preparation;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.IssuedKey;
import network.cortensor.portal.keys.IssuedKeys.Expectation;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Call;
import network.cortensor.portal.time.SideBySide.Pending;
import network.cortensor.portal.usage.CountersAhead;
import network.cortensor.portal.usage.UsageUnavailable;

/**
 * What a request reads before it is let in, all of it begun at once: the key, its plan, its customer's counters, the alias with its pools, their targets, health and the
 * heartbeat, and the slots and the credential of the router that it most likely goes to. What is fresh in memory is not read.
 *
 * <p>Names tell what to read: of the key and the model those in the request, of all others those that came of the same key and model last time. They tell
 * nothing else. The key is good only if it is read, or fresh, as good; counters are those of the customer whom the fresh key names, pools those that the
 * fresh alias leads to, slots those of the router that is drawn from it. Whatever was read in vain is let go, and what it should have been is read then.
 *
 * <p>For a key of which nothing is remembered, only the key and the alias are read at first, because it may be nobody's; the rest comes when it is good, in two
 * more steps. For a customer who was refused for a limit within ten seconds only the key and the plan are read ahead: a refusal costs two reads at most.
 *
 * <p>Used by one thread.
 */
final class Reads {
    private final ApiParts parts;
    private final BodyReader reader;
    private final ApiExchange exchange;
    private final List<PresentedKey> presented;
    private final KeyGate gate;
    private final List<Pending<?, ?>> begun = new ArrayList<>();
    private Optional<Expectation> key = Optional.empty();
    private Optional<Pending<Customer, Rejection>> customer = Optional.empty();
    private Optional<Pending<CountersAhead, UsageUnavailable>> counters = Optional.empty();
    private Optional<ViewAhead> view = Optional.empty();
    private Optional<Way> way = Optional.empty();
    private Optional<Pending<Asked, Rejection>> asked = Optional.empty();

    /** Reads a body; see {@link network.cortensor.portal.api.wire.WireFormat}. */
    @FunctionalInterface
    interface BodyReader {
        Asked read(JsonField body) throws Rejection;
    }

    private record ViewAhead(String name, Pending<Optional<AliasView>, CatalogUnavailable> read) {}

    /** @param customer whom targets were drawn for */
    private record Way(String name, String customer, Preparation preparation) {}

    private Reads(ApiParts parts, BodyReader reader, ApiExchange exchange) {
        this.parts = parts;
        this.reader = reader;
        this.exchange = exchange;
        this.presented = PresentedKey.of(exchange.request().headers());
        this.gate = new KeyGate(parts.keys());
    }

    /** Begins the reads of a completion, as far as its key is not known to be wrong. They are over when the exchange is. */
    static Reads begin(ApiExchange exchange, ApiParts parts, BodyReader reader) {
        Reads reads = new Reads(parts, reader, exchange);
        exchange.afterwards().add(reads::end);
        reads.begin();
        return reads;
    }

    private void begin() {
        switch (parts.keys().expected(presented)) {
            case Expectation.Good(IssuedKey last) -> beginAll(last);
            case Expectation.Nothing _ -> beginFromNothing();
            case Expectation.Bad _, Expectation.Unreadable _ -> {}
        }
    }

    private void beginAll(IssuedKey last) {
        customer = Optional.of(beside(() -> gate.customer(presented)));
        if (parts.ledger().refusedJustNow(last.customer())) {
            return;
        }
        counters = Optional.of(beside(() -> parts.ledger().readAhead(last.customer())));
        firstModel().ifPresent(name -> {
            Optional<AliasView> lastView = parts.catalog().lastKnown(name);
            view = Optional.of(new ViewAhead(name, beside(() -> parts.catalog().find(name))));
            lastView.filter(known -> last.models().allowsAny(known.alias().names()))
                    .ifPresent(known -> look(name, last.customer(), known));
        });
    }

    private void beginFromNothing() {
        Pending<Expectation, RuntimeException> itself =
                beside(() -> parts.keys().readWithoutPlan(presented));
        firstModel().map(name -> beside(() -> readAlias(name))).ifPresent(SideBySide::end);
        key = Optional.of(itself.await());
        if (key.get() instanceof Expectation.Good(IssuedKey read)) {
            beginAll(read);
        }
    }

    private String readAlias(String name) {
        parts.catalog().readAlias(name);
        return name;
    }

    private <T, X extends Exception> Pending<T, X> beside(Call<T, X> call) {
        Pending<T, X> pending = parts.beside().begin(call);
        begun.add(pending);
        return pending;
    }

    /** Whose request it is. */
    Customer customer() throws Rejection {
        if (key.filter(Expectation.Unreadable.class::isInstance).isPresent()) {
            throw new Rejection(ApiError.serviceUnavailable());
        }
        Customer known = customer.isPresent() ? customer.get().await() : gate.customer(presented);
        exchange.log().identified(known);
        return known;
    }

    /** The counters that were read ahead, or those of the customer, read now. */
    CountersAhead counters(Customer known) throws UsageUnavailable {
        return counters.isPresent() ? counters.get().await() : parts.ledger().readAhead(known.customer());
    }

    /** What the body says. It is read while the tables are. */
    Asked asked() throws Rejection {
        if (asked.isEmpty()) {
            asked = Optional.of(parsed());
        }
        return asked.get().await();
    }

    private Pending<Asked, Rejection> parsed() {
        try {
            Asked read = reader.read(JsonBody.read(exchange.request().body()));
            return () -> read;
        } catch (Rejection rejection) {
            return () -> {
                throw rejection;
            };
        }
    }

    private Optional<String> firstModel() {
        try {
            return Optional.of(asked().models().getFirst());
        } catch (Rejection rejection) {
            // Told when it is its turn: a wrong key and a limit come before.
            return Optional.empty();
        }
    }

    /** What the catalog has under a name, as of now. */
    Optional<AliasView> view(String name) throws CatalogUnavailable {
        Optional<ViewAhead> ahead = view.filter(begunView -> begunView.name().equals(name));
        return ahead.isPresent() ? ahead.get().read().await() : parts.catalog().find(name);
    }

    /** The way to the model's routers, with what was begun ahead on it, and with what that lacks for {@code fresh}. */
    Preparation way(String name, Customer known, AliasView fresh) {
        return look(name, known.customer(), fresh);
    }

    private Preparation look(String name, String customer, AliasView by) {
        if (way.filter(begunWay ->
                        begunWay.name().equals(name) && begunWay.customer().equals(customer))
                .isEmpty()) {
            Preparation preparation = parts.dispatcher().prepare(customer);
            exchange.afterwards().add(preparation::close);
            way = Optional.of(new Way(name, customer, preparation));
        }
        Preparation preparation = way.get().preparation();
        draft().ifPresent(draft -> preparation.look(by, model -> needs(draft, model)));
        return preparation;
    }

    /** Whether it is too long for a model is not known yet, and hardly ever matters for what is worth reading. */
    private static Optional<Set<Feature>> needs(Draft draft, ServedModel model) {
        return Optional.of(draft.within(1, model.terms().promptFormat()).features());
    }

    private Optional<Draft> draft() {
        try {
            return Optional.of(asked().draft());
        } catch (Rejection rejection) {
            return Optional.empty();
        }
    }

    /** Waits for what nobody has waited for. */
    private void end() {
        begun.forEach(SideBySide::end);
    }
}
