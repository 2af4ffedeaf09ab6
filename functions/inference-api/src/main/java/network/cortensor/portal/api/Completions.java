package network.cortensor.portal.api;

import java.io.IOException;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Reply.Progress;
import network.cortensor.portal.api.json.JsonBody;
import network.cortensor.portal.api.limits.LimitGate;
import network.cortensor.portal.api.wire.Asked;
import network.cortensor.portal.api.wire.CountedDelivery;
import network.cortensor.portal.api.wire.Draft;
import network.cortensor.portal.api.wire.Form;
import network.cortensor.portal.api.wire.Head;
import network.cortensor.portal.api.wire.IdentifiedCalls;
import network.cortensor.portal.api.wire.Tally;
import network.cortensor.portal.api.wire.WireFormat;
import network.cortensor.portal.catalog.AliasView;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.dispatch.Delivery;
import network.cortensor.portal.dispatch.Job;
import network.cortensor.portal.dispatch.Job.Origin;
import network.cortensor.portal.dispatch.Outcome;
import network.cortensor.portal.keys.KeyHolder;
import network.cortensor.portal.model.ModelAlias;
import network.cortensor.portal.tokens.PromptTokens;
import network.cortensor.portal.usage.Visit;
import network.cortensor.portal.usage.Wanted;

/** A completion in one of the formats: the body is read, the model found and its terms applied, the answer delivered. */
final class Completions implements Operation.ForHolder {
    private final WireFormat format;
    private final Parts parts;
    private final AliasLookup aliases;
    private final PromptTokens promptTokens;
    private final LimitGate limits;
    private final Ids ids;

    Completions(WireFormat format, Parts parts) {
        this.format = format;
        this.parts = parts;
        this.aliases = new AliasLookup(parts.catalog());
        this.promptTokens = new PromptTokens(parts.counter());
        this.limits = new LimitGate(parts.ledger());
        this.ids = new Ids(parts.random());
    }

    @Override
    public void perform(Exchange exchange, KeyHolder holder) throws Rejection, IOException, InterruptedException {
        LimitGate.Guest guest = exchange.guest(holder);
        Visit visit = limits.look(guest);
        Asked asked = format.read(JsonBody.read(exchange.request().body()));
        AliasView view = aliases.find(asked.model(), holder.models());
        exchange.log().resolved(view);
        AliasTerms terms = new AliasTerms(view);
        terms.requireEndpoint(format.endpoint());
        terms.requireFeatures(asked.draft().featureFields());
        Tally tally =
                new Tally(parts.counter(), count(asked.draft()), view.alias().contextLength());
        CompletionRequest request = terms.apply(asked.draft(), tally.promptTokens());
        exchange.log().counting(tally);
        Wanted wanted = new Wanted(tally.promptTokens(), request.maxTokens());
        long longest = limits.admit(guest, visit, view.alias().name(), wanted);
        CompletionRequest bounded = request.withMaxTokens(Math.toIntExact(longest));
        answer(exchange, job(exchange, holder, view.alias(), bounded, asked.form()), asked.form(), tally);
    }

    private long count(Draft draft) {
        return promptTokens.of(draft.input(), draft.tools());
    }

    private static Job job(
            Exchange exchange, KeyHolder holder, ModelAlias alias, CompletionRequest request, Form form) {
        return new Job(
                exchange.requestId(),
                holder.customer(),
                alias.name(),
                request,
                form.wish(),
                origin(exchange),
                exchange.receivedAt(),
                exchange.killedAt());
    }

    /** The official SDKs of both families count their own retries. */
    private static Origin origin(Exchange exchange) {
        return exchange.request()
                .headers()
                .first("x-stainless-retry-count")
                .filter(count -> !count.equals("0"))
                .map(count -> Origin.SDK_RETRY)
                .orElse(Origin.FIRST_TRY);
    }

    private void answer(Exchange exchange, Job job, Form form, Tally tally)
            throws Rejection, IOException, InterruptedException {
        Head head = new Head(ids.next(), job.alias(), exchange.receivedAt());
        Delivery delivery = new IdentifiedCalls(head, form.opener().open(head, tally, exchange.reply()));
        Outcome outcome = parts.dispatcher().dispatch(job, new CountedDelivery(tally, job.request(), delivery));
        exchange.log().dispatched(outcome.effort());
        switch (outcome) {
            case Outcome.Answered ignored -> requireEnd(exchange);
            case Outcome.Unanswered unanswered -> throw new Rejection(ApiError.of(unanswered.refusal()));
        }
    }

    private static void requireEnd(Exchange exchange) {
        if (exchange.reply().progress() != Progress.ENDED) {
            throw new IllegalStateException("answered, and no end was delivered");
        }
    }
}
