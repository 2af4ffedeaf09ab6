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

    /** Safe for use by many threads: all of them share its caches and connections. */
    public InferenceHandler handler() {
        Journal journal = surroundings.journal();
        InstantSource clock = surroundings.clock();
        WorkerEnd end = surroundings.end();
        Dispatcher dispatcher = new PoolDispatcher(new DispatcherParts(
                stores.catalog(),
                new Slots(stores.slots(), clock, random, rules.slots()),
                end.around(router),
                stores.witness(),
                journal,
                new DispatcherParts.Time(clock, end::pause, rules.timing()),
                random));
        return new InferenceHandler(
                new ApiHandler(new network.cortensor.portal.api.ApiParts(
                        stores.keys(),
                        rules.modelsAccess(),
                        stores.catalog(),
                        new Ledger(stores.usage(), clock, end::pause, rules.usage()),
                        dispatcher,
                        surroundings.tokens(),
                        new Activity(stores.activity(), clock),
                        journal,
                        clock,
                        random)),
                stores.witness());
    }
}
