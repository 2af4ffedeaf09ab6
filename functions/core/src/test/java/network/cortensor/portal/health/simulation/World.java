package network.cortensor.portal.health.simulation;

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
        int load) {

    /** Runs a scenario from its start to its end; the same seed gives the same tally. */
    static ScenarioTally run(Scenario scenario, long seed) {
        return lived(new StrategyReport.Trial(scenario, 1), new WeightedRandom(), seed)
                .tally();
    }

    /** Lives a scenario through by another strategy; the same seed gives the same tally. */
    static PickTally picks(StrategyReport.Trial trial, PickStrategy strategy, long seed) {
        return lived(trial, strategy, seed).picks();
    }

    private static World lived(StrategyReport.Trial trial, PickStrategy strategy, long seed) {
        Scenario scenario = trial.scenario();
        SimulatedTime time = new SimulatedTime(Scenario.START);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        SimulationFleet fleet = new SimulationFleet();
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
                trial.load());
        tally.watchOutages();
        new SimulatedProber(world).begin();
        new SimulatedCustomers(world).begin();
        time.runUntil(Scenario.START.plus(Scenario.LENGTH));
        return world;
    }
}
