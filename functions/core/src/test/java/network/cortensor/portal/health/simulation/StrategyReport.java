package network.cortensor.portal.health.simulation;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The strategies beside each other, each in the same scenarios. */
final class StrategyReport {
    static final List<Supplier<PickStrategy>> STRATEGIES =
            List.of(WeightedRandom::new, LeastRecentlyUsed::new, FewestFailures::new);

    /**
     * A scenario under a load.
     *
     * @param load how many times as many requests as in the fleet's report
     */
    record Trial(Scenario scenario, int load) {
        @Override
        public String toString() {
            return scenario.name() + ", load ×" + load;
        }
    }

    static final List<Trial> TRIALS = List.of(
            new Trial(Scenarios.ALL_WELL, 1),
            new Trial(Scenarios.ALL_WELL, 6),
            new Trial(Scenarios.MUTE, 6),
            new Trial(Scenarios.HANGS_ALWAYS, 1),
            new Trial(Scenarios.FLAPS, 1));

    private static final String HEAD = """
        # Which target of a group first: three strategies beside each other

        The same fleet, customers and seed as in fleet-report.md; ×6 is six times as many requests, with which nine of the busy pool's fifteen sessions are taken at any
        time. Only the order within a group differs. *Least recently used* and *fewest failures* are given the memory of all workers at once, which
        production does not have: what they win here is the most that they could win. *Failed attempts* and *busy met* (candidates whose session
        was taken) are counted per 1,000 requests; times are from the receipt of a request to the end of its answer.

        | scenario | strategy | answered | failed attempts | busy met | half of the answers within | 99 % within |
        |---|---|---:|---:|---:|---:|---:|
        """;

    private StrategyReport() {}

    static String of(long seed) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Trial trial : TRIALS) {
            for (Supplier<PickStrategy> each : STRATEGIES) {
                PickStrategy strategy = each.get();
                PickTally tally = World.picks(trial, strategy, seed);
                page.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.3f %% | %.1f | %.0f | %d s | %d s |%n",
                        trial,
                        strategy.title(),
                        tally.answered() * 100,
                        tally.failedAttemptsPerThousand(),
                        tally.busyMetPerThousand(),
                        tally.toAnswer(0.5).toSeconds(),
                        tally.toAnswer(0.99).toSeconds()));
            }
        }
        return page.toString();
    }
}
