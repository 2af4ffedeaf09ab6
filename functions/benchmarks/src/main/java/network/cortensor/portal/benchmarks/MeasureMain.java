package network.cortensor.portal.benchmarks;

import java.io.IOException;
import network.cortensor.portal.benchmarks.cost.CostMain;
import network.cortensor.portal.benchmarks.edits.EditsMain;
import network.cortensor.portal.benchmarks.failover.FailoverMain;
import network.cortensor.portal.benchmarks.overhead.OverheadMain;
import network.cortensor.portal.benchmarks.overload.OverloadMain;
import network.cortensor.portal.benchmarks.peers.PeersMain;
import network.cortensor.portal.benchmarks.sizes.SizesMain;
import network.cortensor.portal.benchmarks.split.SplitMain;
import network.cortensor.portal.benchmarks.start.StartMain;
import network.cortensor.portal.benchmarks.streams.StreamsMain;

/** The measurements that are no microbenchmarks, by their names; run in the root of the repository. */
public final class MeasureMain {
    private MeasureMain() {}

    /** @param args what to measure */
    public static void main(String[] args) throws IOException, InterruptedException {
        switch (args[0]) {
            case "overhead" -> OverheadMain.main(new String[] {"functions/benchmarks/results"});
            case "start" ->
                StartMain.main(
                        new String[] {"functions/inference-api/target/inference-api.zip", "events/rest-models.json"});
            case "cost" -> CostMain.main(new String[0]);
            case "edits" -> EditsMain.main(new String[] {"catalog-seed/catalogs/local.yaml"});
            case "peers" -> PeersMain.main(new String[] {"functions/benchmarks/results"});
            case "streams" -> StreamsMain.main(new String[] {"functions/benchmarks/results"});
            case "split" -> SplitMain.main(new String[] {"functions/benchmarks/results"});
            case "sizes" -> SizesMain.main(new String[] {"functions/benchmarks/results"});
            case "overload" -> OverloadMain.main(new String[] {"functions/benchmarks/results"});
            case "failover" -> FailoverMain.main(new String[] {"functions/benchmarks/results"});
            default -> {
                System.err.println(
                        "measure: " + args[0]
                                + " (expected: overhead, start, cost, edits, peers, streams, split, sizes, overload or failover)");
                System.exit(1);
            }
        }
    }
}
