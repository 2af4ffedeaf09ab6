package network.cortensor.portal.api;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.ErrorRow;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.ApiReply.Progress;
import network.cortensor.portal.api.limits.LimitGate;
import network.cortensor.portal.api.structured.JsonForms;
import network.cortensor.portal.api.structured.StrictFunctions;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.CountedDelivery;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.Form;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.IdentifiedCalls;
import network.cortensor.portal.api.wire.ModelName;
import network.cortensor.portal.api.wire.SizedRequest;
import network.cortensor.portal.api.wire.TokenTally;
import network.cortensor.portal.api.wire.ToolRules;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.catalog.ServedModel;
import network.cortensor.portal.dispatch.AnswerCheck;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Job.Origin;
import network.cortensor.portal.dispatch.Job.Wish;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.dispatch.Preparation;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.model.Streaming;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.time.SideBySide.Pending;
import network.cortensor.portal.tokens.PromptTokens;
import network.cortensor.portal.usage.AdmissionRequest;
import network.cortensor.portal.usage.RequestedUse;
import network.cortensor.portal.usage.Reservation;
import network.cortensor.portal.usage.UsageUnavailable;

/**
 * A completion in one of the formats: the body is read, the model found and its terms applied, the answer delivered.
 *
 * <p>Until its first byte leaves for a router, a request waits three times for tables, and not once more for the router's name, connection and TLS: {@link #perform}
 * is in that order. Nothing is sent before the slot is held and the request is recorded, and no slot is taken before the request is let in.
 */
final class Completions implements Operation {
    private static final String STREAMING = "x-portal-streaming";

    private final WireFormat format;
    private final ApiParts parts;
    private final AliasLookup aliases;
    private final PromptTokens promptTokens;
    private final LimitGate limits;
    private final Ids ids;

    Completions(WireFormat format, ApiParts parts) {
        this.format = format;
        this.parts = parts;
        this.aliases = new AliasLookup(parts.catalog());
        this.promptTokens = new PromptTokens(parts.counter());
        this.limits = new LimitGate(parts.ledger());
        this.ids = new Ids(parts.random());
    }

    @Override
    public void perform(ApiExchange exchange) throws Rejection, IOException, InterruptedException {
        // (A) Everything is read at once, by the names that are remembered from last time; it counts as far as what
        // comes back fresh agrees.
        Reads reads = Reads.begin(exchange, parts, format::read);
        Customer customer = reads.customer();
        LimitGate.Incoming incoming = exchange.incoming(customer);
        AdmissionRequest admissionRequest = limits.look(incoming, () -> reads.counters(customer));
        Asked asked = reads.asked();
        ToolRules.check(asked.draft());
        Draft draft = StrictFunctions.checked(asked.draft());
        SizedDraft prompt =
                new SizedDraft(promptTokens, draft, admissionRequest.allowance().tokensLeft());
        Wish wish = wish(exchange, asked.form().wish());
        AnswerCheck answerForm = JsonForms.of(draft);
        Optional<Rejection> refused = Optional.empty();
        Optional<Entered> entered = Optional.empty();
        for (String name : asked.models()) {
            try {
                AliasView view = aliases.find(name, customer.models(), () -> reads.view(name));
                Preparation way = reads.way(name, customer, view);
                Prepared prepared = prepare(exchange, customer, prompt, name, view);
                // (B) The counters enter, beside the connection to the router.
                way.connect();
                entered = Optional.of(
                        entered.isPresent()
                                ? goOn(exchange, prepared, entered.get())
                                : enter(incoming, admissionRequest, prepared));
                // (C) The record of usage opens, which has begun, beside the put of the slot. Then the request is sent.
                SizedRequests requests = requests(draft, prepared, entered.get().longest());
                Job job = job(exchange, customer, prepared, requests, answerForm, wish);
                answer(exchange, new Started(job, way, entered.get()), asked.form(), prepared, requests);
                return;
            } catch (Rejection rejection) {
                refused = Optional.of(worse(refused, rejection));
                if (!anotherMayDo(exchange, rejection)) {
                    throw rejection;
                }
            }
        }
        throw refused.orElseThrow();
    }

    /**
     * A request that was let in.
     *
     * @param longest answer that it may have, in tokens
     * @param record that is being opened
     */
    private record Entered(long longest, Pending<Boolean, UsageUnavailable> record) implements Preparation.Recorded {
        @Override
        public boolean stands() {
            try {
                return record.await();
            } catch (UsageUnavailable e) {
                return false;
            }
        }
    }

    /** A request on its way. */
    private record Started(Job job, Preparation way, Entered entered) {}

    /** The request's record is settled when the exchange ends, and therefore it is opened before that, whatever becomes of the request. */
    private Entered enter(LimitGate.Incoming incoming, AdmissionRequest admissionRequest, Prepared prepared)
            throws Rejection {
        Reservation reservation =
                limits.enter(incoming, admissionRequest, prepared.alias().name(), prepared.wanted());
        Pending<Boolean, UsageUnavailable> record = parts.beside().begin(() -> {
            reservation.open();
            return true;
        });
        incoming.books().opening(record);
        return new Entered(reservation.answer(), record);
    }

    /** Nothing of an answer has been sent yet. */
    private static boolean anotherMayDo(ApiExchange exchange, Rejection rejection) {
        return exchange.reply().progress() == Progress.NOTHING_SENT
                && rejection.error().row().dependsOnTheModel();
    }

    /** Of several models' refusals the customer hears the first one's, but that a model does not exist only if none does. */
    private static Rejection worse(Optional<Rejection> first, Rejection other) {
        return first.filter(known -> known.error().row() != ErrorRow.MODEL_NOT_FOUND)
                .orElse(other);
    }

    private Prepared prepare(ApiExchange exchange, Customer customer, SizedDraft prompt, String name, AliasView view)
            throws Rejection {
        exchange.log().resolved(name, view);
        AliasTerms terms = new AliasTerms(view);
        terms.requireEndpoint(format.endpoint());
        terms.requireFeatures(prompt.draft().featureFields(), () -> others(customer));
        long promptTokens = prompt.size(view.alias());
        SizedRequest request =
                SizedRequest.of(terms.apply(prompt.draft(), promptTokens), promptTokens, view.alias(), parts.counter());
        TokenTally tally = new TokenTally(request);
        exchange.log().counting(tally);
        return new Prepared(name, view.alias(), request, tally);
    }

    private SizedRequests requests(Draft draft, Prepared prepared, long longest) {
        return new SizedRequests(
                promptTokens, draft, prepared.alias(), prepared.request().within(longest));
    }

    private List<AliasTerms> others(Customer customer) {
        return aliases.served(customer.models()).stream()
                .map(AliasTerms::new)
                .filter(terms -> terms.servedAt(format.endpoint()))
                .toList();
    }

    /** The request was let in for another model, and counts once. */
    private static Entered goOn(ApiExchange exchange, Prepared prepared, Entered entered) {
        // What is being written names the model that was asked first.
        SideBySide.end(entered.record());
        exchange.books().answeredBy(prepared.alias().name());
        long longest = Math.min(entered.longest(), prepared.request().request().maxTokens());
        return new Entered(longest, entered.record());
    }

    /**
     * A request as one model would serve it.
     *
     * @param asked the name that the customer sent, and that the answer bears unless another model's pool gives it
     */
    private record Prepared(String asked, ModelAlias alias, SizedRequest request, TokenTally tally) {
        RequestedUse wanted() {
            return new RequestedUse(request.promptTokens(), request.request().maxTokens());
        }
    }

    private static Job job(
            ApiExchange exchange,
            Customer customer,
            Prepared prepared,
            SizedRequests requests,
            AnswerCheck answerForm,
            Wish wish) {
        return new Job(
                exchange.requestId(),
                customer.customer(),
                prepared.alias().name(),
                requests,
                answerForm,
                wish,
                origin(exchange),
                exchange.receivedAt(),
                exchange.killedAt());
    }

    /** A header may ask for a stream that is made from a whole answer, as pools may be set to make all of theirs. */
    private static Wish wish(ApiExchange exchange, Wish wish) throws Rejection {
        Optional<String> streaming =
                exchange.request().headers().first(STREAMING).map(String::strip);
        if (streaming.isEmpty() || streaming.get().equalsIgnoreCase(Streaming.NATIVE.word())) {
            return wish;
        }
        if (streaming.get().equalsIgnoreCase(Streaming.BUFFERED.word())) {
            return wish.buffered();
        }
        throw new Rejection(ApiError.invalid(STREAMING, "must be buffered or native."));
    }

    /** The official SDKs of both families count their own retries. */
    private static Origin origin(ApiExchange exchange) {
        return exchange.request()
                .headers()
                .first("x-stainless-retry-count")
                .filter(count -> !count.equals("0"))
                .map(count -> Origin.SDK_RETRY)
                .orElse(Origin.FIRST_TRY);
    }

    private void answer(ApiExchange exchange, Started started, Form form, Prepared prepared, SizedRequests requests)
            throws Rejection, IOException, InterruptedException {
        TokenTally tally = prepared.tally();
        Head head = new Head(ids.next(), new ModelName(prepared.asked()), exchange.receivedAt(), parts.clock());
        exchange.log().named(head.name());
        Delivery delivery = new IdentifiedCalls(head, form.opener().open(head, tally, exchange.reply()));
        Delivery counted = new CountedDelivery(tally, requests::sized, delivery);
        counted.from(ServedModel.own(prepared.alias()));
        Outcome outcome = started.way().dispatch(started.job(), started.entered(), counted);
        exchange.log().dispatched(outcome.effort());
        switch (outcome) {
            case Outcome.Answered ignored -> requireEnd(exchange);
            case Outcome.Unanswered unanswered -> throw new Rejection(ApiError.of(unanswered.refusal()));
        }
    }

    private static void requireEnd(ApiExchange exchange) {
        if (exchange.reply().progress() != Progress.ENDED) {
            throw new IllegalStateException("answered, and no end was delivered");
        }
    }
}
