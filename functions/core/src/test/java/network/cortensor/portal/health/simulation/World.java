package network.cortensor.portal.health.simulation;

import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.health.Learning;

/** One scenario with everything that takes part in it. */
record World(
        Scenario scenario,
        SimulatedTime time,
        RandomGenerator random,
        SimulationFleet fleet,
        SessionUse sessions,
        Tasks tasks,
        WatchedHealth health,
        Learning learning,
        ScenarioTally tally,
        PickStrategy strategy,
        PickTally picks,
        FallbackTally fallbacks,
        int load) {

    /** Runs a scenario from its start to its end; the same seed gives the same tally. */
    static ScenarioTally run(Scenario scenario, long seed) {
        return lived(new StrategyReport.Trial(scenario, 1), new WeightedRandom(), Map.of(), seed)
                .tally();
    }

    /** Lives a scenario through by another strategy; the same seed gives the same tally. */
    static PickTally picks(StrategyReport.Trial trial, PickStrategy strategy, long seed) {
        return lived(trial, strategy, Map.of(), seed).picks();
    }

    /** Lives a scenario through with a fallback pool behind the pool that it strikes, and so many times the usual load; the same seed gives the same tally. */
    static FallbackTally withFallback(Scenario scenario, int load, long seed) {
        return lived(
                        new StrategyReport.Trial(scenario, load),
                        new WeightedRandom(),
                        Map.of(FallbackScenarios.STRUCK, FallbackScenarios.BEHIND),
                        seed)
                .fallbacks();
    }

    private static World lived(
            StrategyReport.Trial trial, PickStrategy strategy, Map<String, String> fallbacks, long seed) {
        Scenario scenario = trial.scenario();
        SimulatedTime time = new SimulatedTime(Scenario.START);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        SimulationFleet fleet = new SimulationFleet(fallbacks);
        SessionUse sessions = new SessionUse();
        ScenarioTally tally = new ScenarioTally(scenario, fleet, sessions, time);
        WatchedHealth health = new WatchedHealth(() -> scenario.tableAnswers(time.now()), tally::writes);
        World world = new World(
                scenario,
                time,
                random,
                fleet,
                sessions,
                new Tasks(scenario, random),
                health,
                new Learning(health),
                tally,
                strategy,
                new PickTally(),
                new FallbackTally(scenario),
                trial.load());
        tally.watchOutages();
        new SimulatedProber(world).begin();
        new SimulatedCustomers(world).begin();
        time.runUntil(Scenario.START.plus(Scenario.LENGTH));
        return world;
    }
}
