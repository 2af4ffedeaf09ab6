package network.cortensor.portal.benchmarks.failover;

import java.io.IOException;
import network.cortensor.portal.benchmarks.failover.BenchCatalog.Names;

/** The product as a whole, with an alias for each scenario. */
record ProductSystem(Names names, BenchClient client) implements BenchSystem {
    @Override
    public String name() {
        return names.run();
    }

    @Override
    public BenchCall ask(BenchScenario scenario) throws IOException, InterruptedException {
        return ask(names.alias(scenario), names.spare(scenario));
    }

    @Override
    public BenchCall askWell() throws IOException, InterruptedException {
        return ask(names.well(), "");
    }

    private BenchCall ask(String alias, String fallback) throws IOException, InterruptedException {
        try {
            return client.ask(alias, fallback, () -> {});
        } catch (BenchClient.Refused e) {
            return BenchCall.failed(e.words());
        }
    }
}
