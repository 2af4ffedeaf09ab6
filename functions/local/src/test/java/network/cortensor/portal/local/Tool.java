package network.cortensor.portal.local;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.operator.Portalctl;
import network.cortensor.portal.operator.frame.Workplace;

/** The operators' tool at a local product, of which it is told no more than one address. */
record Tool(LocalPortal portal) {

    int run(PipedTerminal terminal, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "--environment",
                "local",
                "--endpoint-url",
                portal.dynamo().url().toString()));
        Workplace workplace = new Workplace(Map.of(), "alice", InstantSource.system(), terminal);
        return Portalctl.commandLine(workplace).execute(all.toArray(String[]::new));
    }
}
