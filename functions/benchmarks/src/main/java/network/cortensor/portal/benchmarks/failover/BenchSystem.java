package network.cortensor.portal.benchmarks.failover;

import java.io.IOException;

/** What is put through the scenarios. */
interface BenchSystem {
    /** As it stands in names of models. */
    String name();

    /** Asks for the scenario's primary model, with its fallback behind it. */
    BenchCall ask(BenchScenario scenario) throws IOException, InterruptedException;

    /** Asks for a model that is well. */
    BenchCall askWell() throws IOException, InterruptedException;
}
