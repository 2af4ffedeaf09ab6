package network.cortensor.portal.api;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import network.cortensor.portal.api.keys.Keys;
import network.cortensor.portal.catalog.Catalog;
import network.cortensor.portal.dispatch.Dispatcher;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.time.SideBySide;
import network.cortensor.portal.tokens.TokenCounter;
import network.cortensor.portal.usage.Ledger;

/**
 * What the API is made of.
 *
 * @param beside runs the calls of one request beside each other
 * @param random for ids that nobody can guess; safe for use by many threads
 */
public record ApiParts(
        Keys keys,
        ModelsAccess modelsAccess,
        Catalog catalog,
        Ledger ledger,
        Dispatcher dispatcher,
        TokenCounter counter,
        Activity activity,
        Journal journal,
        InstantSource clock,
        SideBySide beside,
        RandomGenerator random) {

    /** Who may read the list of models. */
    public enum ModelsAccess {
        ANYBODY,
        KEY_HOLDERS
    }
}
