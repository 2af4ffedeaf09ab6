package network.cortensor.portal.prober;

import java.time.Duration;
import java.time.InstantSource;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.catalog.CatalogUnavailable;
import network.cortensor.portal.catalog.WholeCatalog;
import network.cortensor.portal.health.HealthStore;
import network.cortensor.portal.router.LivenessProber;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.slots.SlotTable;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.telemetry.Journal;

/** What a prober is made of. */
public record ProberParts(Stores stores, Network network, Journal journal, InstantSource clock, Limits limits) {

    /** Reads the whole catalog. */
    @FunctionalInterface
    public interface Fleet {
        /** @throws CatalogUnavailable if it cannot be read */
        WholeCatalog read() throws CatalogUnavailable;
    }

    /**
     * What is kept outside.
     *
     * @param table of slots, to look at
     * @param slots over the same table, to take them
     */
    public record Stores(Fleet fleet, HealthStore health, SlotTable table, Slots slots) {}

    /** The ways to routers. */
    public record Network(LivenessProber lookout, Router router) {}

    /**
     * How much a tick may do.
     *
     * @param deepProbes in one tick
     * @param looksAtOnce routers that are looked at side by side
     */
    public record Limits(int deepProbes, int looksAtOnce, Spans spans) {
        public Limits {
            if (deepProbes < 0) {
                throw new IllegalArgumentException("deepProbes: " + deepProbes + " (expected: >= 0)");
            }
            if (looksAtOnce < 1) {
                throw new IllegalArgumentException("looksAtOnce: " + looksAtOnce + " (expected: >= 1)");
            }
        }

        /** Looks are over within the minute of their tick, even where every router hangs. */
        public static Limits production(int deepProbes) {
            return new Limits(deepProbes, 64, Spans.PRODUCTION);
        }
    }

    /**
     * What takes how long.
     *
     * @param looking how long after its beginning a tick begins no more looks
     * @param margin how long before the function's end nothing is begun that might last until then
     * @param settling how long after the catalog was read no request begins by an older one any more
     * @param again how long after its beginning a tick looks a second time at what is ejected, and probes it; a tick that has no such time
     *     left does not
     */
    public record Spans(Duration looking, Duration margin, Duration settling, Duration again) {
        /**
         * Ticks begin every minute at most, and what is ejected is to be asked every 30 s.
         */
        public static final Spans PRODUCTION =
                new Spans(Duration.ofSeconds(45), Duration.ofSeconds(10), Catalog.EVERYWHERE, Duration.ofSeconds(30));
    }
}
