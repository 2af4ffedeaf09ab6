package network.cortensor.portal.local;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import network.cortensor.portal.api.ApiParts.ModelsAccess;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.operator.file.BadCatalogFile;
import network.cortensor.portal.telemetry.Emitter;
import network.cortensor.portal.telemetry.json.JsonJournal;
import network.cortensor.portal.testkit.router.SessionSettings;

/** {@code mvn -Plocal}: starts the local product, says where it is, and runs until Ctrl-C. */
public final class LocalMain {
    private LocalMain() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            LocalSettings settings = settings();
            LocalPortal portal = LocalPortal.start(settings);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
            ParentWatch.start(() -> Runtime.getRuntime().halt(0));
            announce(portal, System.out);
        } catch (BindException e) {
            fail("portal.port: in use, or the one after it (expected: two free ports; choose with -Dportal.port=)");
        } catch (BadCatalogFile | IllegalArgumentException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            fail("the local product cannot start: " + e.getClass().getSimpleName());
        }
        new CountDownLatch(1).await();
    }

    private static LocalSettings settings() {
        return new LocalSettings(
                number("portal.port", 8080),
                serving(),
                Path.of(System.getProperty("portal.catalog", "catalog-seed/catalogs/local.yaml")),
                SessionSettings.DEFAULT,
                Rules.production(ModelsAccess.ANYBODY),
                new JsonJournal(System.err, InstantSource.system(), Emitter.unversioned("local")),
                Optional.of(Duration.ofSeconds(Math.max(1, number("portal.tick", 60)))));
    }

    private static LocalServing serving() {
        return System.getProperty("portal.workers", "").isEmpty()
                ? LocalServing.OneProcess.DEFAULT
                : new LocalServing.SingleEnvironments(number("portal.workers", 1));
    }

    private static int number(String property, int byDefault) {
        String text = System.getProperty(property, Integer.toString(byDefault));
        if (!text.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(property + ": " + text + " (expected: a whole number)");
        }
        return Integer.parseInt(text);
    }

    private static void announce(LocalPortal portal, PrintStream out) {
        String key = portal.firstKey().reveal();
        out.println("Customer key: " + key);
        out.println("DynamoDB: " + portal.dynamo().url());
        out.println("SSM: " + portal.parameters().url());
        portal.routers().urls().forEach((name, url) -> out.println("Router " + name + ": " + url));
        out.println("Streaming URL: " + portal.streamingUrl());
        out.println("Portal ready: " + portal.apiUrl());
        out.println("curl -N " + portal.apiUrl() + "/chat/completions -H 'authorization: Bearer " + key
                + "' -H 'content-type: application/json' -d '{\"model\":\"" + portal.firstModel()
                + "\",\"stream\":true,"
                + "\"messages\":[{\"role\":\"user\",\"content\":\"Tell me a story about a lighthouse\"}]}'");
    }

    private static void fail(String line) {
        System.err.println(line);
        System.exit(1);
    }
}
