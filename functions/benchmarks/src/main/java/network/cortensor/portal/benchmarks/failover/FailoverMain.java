package network.cortensor.portal.benchmarks.failover;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.benchmarks.failover.BenchCatalog.Names;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.local.LocalPortal;
import network.cortensor.portal.local.LocalServing;
import network.cortensor.portal.local.LocalSettings;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.testkit.router.SessionSettings;

/**
 * Puts the local product, with production's times and its prober, and a reference client through the scenarios, and writes {@code failover.md} into the folder
 * that is its argument; about four minutes. All scenarios run side by side, each with models of its own, so that a busy machine spoils little.
 */
public final class FailoverMain {
    private static final Duration TICK = Duration.ofMinutes(1);

    /** The settings of primary pools, by the name of the run. */
    static final Map<String, Map<String, String>> SETTINGS = settings();

    private FailoverMain() {}

    private static Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        settings.put("defaults", Map.of());
        settings.put("quick", Map.of("firstTokenSeconds", "10"));
        settings.put("buffered", Map.of("streaming", "buffered"));
        settings.put("buffered-quick", Map.of("streaming", "buffered", "attemptSeconds", "15"));
        return settings;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, List<Measured>> results;
        CountDownLatch ticked = new CountDownLatch(1);
        Path catalog = Files.createTempFile("failover", ".yaml");
        try (BrokenProvider provider = BrokenProvider.start()) {
            BenchCatalog runs = new BenchCatalog(provider.url());
            SETTINGS.forEach((name, fields) -> runs.add(new Names(name), fields));
            Files.writeString(catalog, runs.yaml());
            try (LocalPortal portal = LocalPortal.start(new LocalSettings(
                            0,
                            LocalServing.OneProcess.DEFAULT,
                            catalog,
                            SessionSettings.DEFAULT,
                            Rules.production(ModelsAccess.KEY_HOLDERS),
                            line -> {
                                if (line.event().equals("tick")) {
                                    ticked.countDown();
                                }
                            },
                            Optional.of(TICK)));
                    HttpClient http = HttpClient.newHttpClient()) {
                portal.parameters()
                        .put("/portal/local/routers/localhost_" + provider.url().getPort() + "/key", "none");
                // What the prober looks at when it first looks is over before the scenarios begin.
                ticked.await();
                List<BenchSystem> systems = systems(portal, http, provider.url());
                warmUp(systems);
                results = run(provider, systems);
            }
        } catch (BadCatalogFile e) {
            throw new IllegalStateException("the catalog of this measurement is broken", e);
        } finally {
            Files.delete(catalog);
        }
        String report = FailoverReport.of(results);
        Files.createDirectories(Path.of(args[0]));
        Files.writeString(Path.of(args[0]).resolve("failover.md"), report);
        System.out.println(report);
    }

    private static List<BenchSystem> systems(LocalPortal portal, HttpClient http, URI provider) {
        List<BenchSystem> systems = new ArrayList<>();
        systems.add(new ReferenceClient("reference", new BenchClient(http, URI.create(provider + "/v1"), Map.of())));
        String key = "Bearer " + portal.firstKey().reveal();
        BenchClient client = new BenchClient(http, portal.apiUrl(), Map.of("authorization", key));
        SETTINGS.forEach((name, fields) -> systems.add(new ProductSystem(new Names(name), client)));
        return systems;
    }

    /** The first requests of a process load its classes. */
    private static void warmUp(List<BenchSystem> systems) throws IOException, InterruptedException {
        for (int round = 0; round < 5; round++) {
            for (BenchSystem system : systems) {
                system.askWell();
            }
        }
    }

    private static Map<String, List<Measured>> run(BrokenProvider provider, List<BenchSystem> systems)
            throws InterruptedException {
        Map<String, List<Measured>> results = new LinkedHashMap<>();
        Map<BenchSystem, List<Future<Measured>>> running = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (BenchSystem system : systems) {
                List<Future<Measured>> of = new ArrayList<>();
                for (BenchScenario scenario : BenchScenario.values()) {
                    of.add(threads.submit(() -> new ScenarioRun(provider, system, scenario).run()));
                }
                running.put(system, of);
            }
            for (Map.Entry<BenchSystem, List<Future<Measured>>> each : running.entrySet()) {
                List<Measured> measured = new ArrayList<>();
                for (Future<Measured> scenario : each.getValue()) {
                    measured.add(scenario.get());
                }
                results.put(each.getKey().name(), measured);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a scenario could not be run", e);
        }
        return results;
    }
}
