package network.cortensor.portal.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.inference.Assembly.Rules;
import network.cortensor.portal.telemetry.Journal;
import network.cortensor.portal.testkit.router.SessionSettings;

/**
 * How the local product runs.
 *
 * @param port of API Gateway's emulator, 0 for any free one; the Function URL has the next
 * @param catalog the catalog file, whose <code>${router}</code> variables name simulated routers
 * @param sessions how sessions behave that nobody has set otherwise
 * @param rules production's, or shorter times for tests
 * @param tick how often the prober ticks; never, if absent
 */
public record LocalSettings(
        int port,
        LocalServing serving,
        Path catalog,
        SessionSettings sessions,
        Rules rules,
        Journal journal,
        Optional<Duration> tick) {
    public LocalSettings {
        if (port < 0 || port > 65_534) {
            throw new IllegalArgumentException("portal.port: " + port + " (expected: 0 to 65534)");
        }
    }
}
