package network.cortensor.portal.dispatch;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.router.Router;
import network.cortensor.portal.slots.Slots;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.time.Pause;
import network.cortensor.portal.time.SideBySide;

/** What a dispatcher is made of. */
public record DispatcherParts(
        Catalog catalog,
        Slots slots,
        Router router,
        Witness witness,
        Journal journal,
        Time time,
        RandomGenerator random) {

    /** The clock, the way to let time pass, what runs meanwhile, and the times that hold for every pool. */
    public record Time(InstantSource clock, Pause pause, SideBySide beside, Timing timing) {}
}
