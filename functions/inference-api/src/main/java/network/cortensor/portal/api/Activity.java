package network.cortensor.portal.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
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

    /**
     * What is known under all of a model's names: one that was renamed, and kept its old name, was served under that before.
     *
     * @param alias one that exists
     * @param names that lead to it
     */
    Figures figures(String alias, List<String> names) {
        Instant now = clock.instant();
        return shown.compute(
                        alias,
                        (name, last) -> last != null && now.isBefore(last.until())
                                ? last
                                : new Shown(read(names, now), now.plus(SHOWN_FOR)))
                .figures();
    }

    private Figures read(List<String> names, Instant now) {
        Map<Instant, ActivitySums> sums = new HashMap<>();
        for (String name : names) {
            store.read(name, Figures.firstDay(now), LocalDate.ofInstant(now, ZoneOffset.UTC))
                    .forEach((hour, ofHour) -> sums.merge(hour, ofHour, ActivitySums::plus));
        }
        return Figures.of(sums, now);
    }
}
