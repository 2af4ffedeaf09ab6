package network.cortensor.portal.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import network.cortensor.portal.activity.ActivityStore;
import network.cortensor.portal.activity.ActivitySums;
import network.cortensor.portal.activity.Figures;
import network.cortensor.portal.activity.Tallies;

/** How models have been served lately: counted here as requests end, and shown from what all workers have kept. Safe for use by many threads. */
public final class Activity {
    /** Figures of hours need not be newer, and reading them costs read units. */
    private static final Duration SHOWN_FOR = Duration.ofMinutes(5);

    private final ActivityStore store;
    private final Tallies tallies;
    private final InstantSource clock;
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    private record Shown(Figures figures, Instant until) {}

    public Activity(ActivityStore store, InstantSource clock) {
        this.store = store;
        this.tallies = new Tallies(store);
        this.clock = clock;
    }

    void count(String alias, ActivitySums request) {
        tallies.count(alias, request, clock.instant());
    }

    /** @param alias one that exists */
    Figures figures(String alias) {
        Instant now = clock.instant();
        return shown.compute(
                        alias,
                        (name, last) -> last != null && now.isBefore(last.until())
                                ? last
                                : new Shown(read(name, now), now.plus(SHOWN_FOR)))
                .figures();
    }

    private Figures read(String alias, Instant now) {
        return Figures.of(store.read(alias, Figures.firstDay(now), LocalDate.ofInstant(now, ZoneOffset.UTC)), now);
    }
}
