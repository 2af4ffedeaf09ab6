package network.cortensor.portal.benchmarks.overhead;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import network.cortensor.portal.benchmarks.machine.ChildJvm;
import network.cortensor.portal.benchmarks.machine.NoRouterKeys;
import network.cortensor.portal.local.LocalMain;

/**
 * Routers and product, each in a process of its own, and the product told of the routers.
 *
 * @param router the paced one
 */
record Processes(ChildJvm routers, ChildJvm local, URI router, Product product) implements AutoCloseable {
    /** As many environments as there are ever streams. */
    private static final int WORKERS = 64;

    /** The wrapper's options, which Lambda's environments run with; the heap is for {@value #WORKERS} of them. */
    private static final List<String> PRODUCT_OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx1g");

    static Processes start() throws IOException {
        ChildJvm routers = ChildJvm.start(RoutersMain.class, List.of("-Xmx512m"), Map.of());
        URI paced = URI.create(routers.await(RoutersMain.PACED));
        URI unpaced = URI.create(routers.await(RoutersMain.UNPACED));
        Path catalog = Files.createTempFile("overhead", ".yaml");
        Files.writeString(catalog, new ProductCatalog(paced, unpaced).yaml());
        // A tick of the prober in the middle would be measured with the rest, so the next one is a day away.
        ChildJvm local = ChildJvm.start(
                LocalMain.class,
                PRODUCT_OPTIONS,
                Map.of(
                        "portal.port",
                        "0",
                        "portal.workers",
                        Integer.toString(WORKERS),
                        "portal.tick",
                        "86400",
                        "portal.catalog",
                        catalog.toString()));
        String key = local.await("Customer key:");
        URI parameters = URI.create(local.await("SSM:"));
        Product product = new Product(URI.create(local.await("Portal ready:")), key);
        local.discardOutput();
        Files.delete(catalog);
        NoRouterKeys.register(parameters, List.of(paced, unpaced));
        return new Processes(routers, local, paced, product);
    }

    /** Everything that belongs to the measurement, this process included. */
    List<ProcessHandle> all() {
        return List.of(ProcessHandle.current(), routers.handle(), local.handle());
    }

    @Override
    public void close() {
        local.close();
        routers.close();
    }
}
