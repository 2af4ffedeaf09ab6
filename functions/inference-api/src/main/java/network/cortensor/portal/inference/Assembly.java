package network.cortensor.portal.inference;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import network.cortensor.portal.activity.ActivityStore;
import network.cortensor.portal.api.Activity;
import network.cortensor.portal.api.ApiHandler;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.dispatch.DispatcherParts;
import network.cortensor.portal.dispatch.PoolDispatcher;
import network.cortensor.portal.dispatch.Timing;
import network.cortensor.portal.dispatch.Witness;
import network.cortensor.portal.dispatch.WorkerEnd;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.usage.Ledger;
import network.cortensor.portal.usage.UsageTable;

/**
 * The customers' API over whatever it stands on: real stores and routers, or canned ones before a snapshot.
 *
 * @param random cryptographically strong, and seeded anew after a restore
 */
public record Assembly(Stores stores, Router router, Rules rules, ProcessContext surroundings, RandomGenerator random) {

    /** What is kept outside of this worker. */
    public record Stores(
            Catalog catalog, SlotTable slots, Witness witness, Keys keys, UsageTable usage, ActivityStore activity) {

        /** Where nobody asks how models have been served lately. */
        public Stores(Catalog catalog, SlotTable slots, Witness witness, Keys keys, UsageTable usage) {
            this(catalog, slots, witness, keys, usage, ActivityStore.NONE);
        }
    }

    /** What tests and environments choose. */
    public record Rules(ModelsAccess modelsAccess, Timing timing, Slots.Terms slots, Ledger.Terms usage) {
        public static Rules production(ModelsAccess modelsAccess) {
            return new Rules(modelsAccess, Timing.PRODUCTION, Slots.Terms.PRODUCTION, Ledger.Terms.PRODUCTION);
        }
    }

    /**
     * The whole stack of what happens to a request, from the inside out: each step adds one behaviour to what stands above it. Safe for use by many threads: all
     * of them share its caches and connections.
     */
    public InferenceHandler handler() {
        Journal journal = surroundings.journal();
        InstantSource clock = surroundings.clock();
        WorkerEnd end = surroundings.end();

        // One attempt on one fresh connection, with its deadlines; nothing is ever resent. When the worker ends, the
        // attempt fails at once instead of waiting.
        Router attempts = end.around(router);

        // A slot of the session before every attempt, so that no two requests are on one session; given back only when
        // the router has surely ended the task.
        Slots slots = new Slots(stores.slots(), clock, random, rules.slots());

        // Which target: route, tiers, health, slot. Waiting for a slot, fairly among customers. Another target after a
        // failure, before the first token only, within
        // the request's time. Each outcome becomes evidence (Witness) and one line. It stands outside of the slot,
        // because every attempt has a slot of its own.
        Dispatcher dispatcher = new PoolDispatcher(new DispatcherParts(
                stores.catalog(),
                slots,
                attempts,
                stores.witness(),
                journal,
                new DispatcherParts.Time(clock, end::pause, surroundings.beside(), rules.timing()),
                random));

        // What customers may use, counted once for each request however many attempts it takes: so it stands outside of
        // dispatch.
        Ledger ledger = new Ledger(stores.usage(), clock, end::pause, rules.usage());

        // One answer and one log line for every request, whatever goes wrong inside. For a completion, from the outside
        // in: read the event, large ones a few at a time (LargeEvents) · find the operation (RouteTable) · begin every
        // read of tables at once (Reads), and read the body meanwhile (WireFormat) · know the key (KeyGate) · refuse
        // who
        // is over a limit (LimitGate.look), then a bad body · resolve the model and apply its terms (AliasLookup,
        // AliasTerms) · count the prompt (PromptTokens) · reserve what the request may use (LimitGate.enter), beside
        // the
        // connection to its router (Preparation.connect) · open its record, beside the take of its slot · dispatch,
        // with
        // the answer's tokens counted and its ids given on the way back (CountedDelivery, IdentifiedCalls) · write the
        // line, and settle what was used, beside the slot's release.
        ApiHandler api = new ApiHandler(new network.cortensor.portal.api.ApiParts(
                stores.keys(),
                rules.modelsAccess(),
                stores.catalog(),
                ledger,
                dispatcher,
                surroundings.tokens(),
                new Activity(stores.activity(), clock),
                journal,
                clock,
                surroundings.beside(),
                random));

        // Evidence that is still to be written is written before the invocation returns, because the worker may be
        // frozen then.
        return new InferenceHandler(api, stores.witness());
    }
}
