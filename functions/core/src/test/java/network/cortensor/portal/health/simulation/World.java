package network.cortensor.portal.health.simulation;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.health.Learning;

/** One scenario with everything that takes part in it. */
record World(
        Scenario scenario,
        VirtualTime time,
        RandomGenerator random,
        Fleet fleet,
        SessionUse sessions,
        Tasks tasks,
        WatchedHealth health,
        Learning learning,
        Tally tally) {

    /** Runs a scenario from its start to its end; the same seed gives the same tally. */
    static Tally run(Scenario scenario, long seed) {
        VirtualTime time = new VirtualTime(Scenario.START);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Fleet fleet = new Fleet();
        SessionUse sessions = new SessionUse();
        Tally tally = new Tally(scenario, fleet, sessions, time);
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
                tally);
        tally.watchOutages();
        new SimulatedProber(world).begin();
        new Customers(world).begin();
        time.runUntil(Scenario.START.plus(Scenario.LENGTH));
        return tally;
    }
}
