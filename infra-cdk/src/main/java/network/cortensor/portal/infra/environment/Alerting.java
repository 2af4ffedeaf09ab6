package network.cortensor.portal.infra.environment;

import java.time.Duration;
import java.util.Optional;

/**
 * When people are told, and whom.
 *
 * @param address an e-mail address; it gets a confirmation to click after the first deployment
 * @param firstToken what 95 of 100 requests should have their first token in
 * @param failedPercent of requests that may end in a 5xx
 * @param dollarsPerHour that {@code inference-api} on demand may cost before somebody looks why, the rest of the bill being a fiftieth of it;
 *     and that a fleet may cost at most, or else it is refused
 */
public record Alerting(Optional<String> address, Duration firstToken, int failedPercent, int dollarsPerHour) {
    public Alerting {
        if (address.isPresent() && !address.get().contains("@")) {
            throw new BadDeployment("address: " + address.get() + " (expected: an e-mail address)");
        }
        if (failedPercent < 0 || failedPercent > 99) {
            throw new BadDeployment("failedPercent: " + failedPercent + " (expected: 0 to 99)");
        }
        if (dollarsPerHour < 1) {
            throw new BadDeployment("dollarsPerHour: " + dollarsPerHour + " (expected: >= 1)");
        }
    }
}
