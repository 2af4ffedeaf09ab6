package network.cortensor.portal.infra.environment;

import java.util.Set;
import java.util.TreeSet;

/**
 * The routers that functions may speak to, whatever the catalog says.
 *
 * @param hosts host names, without port
 * @param plainHttp those of them that may be spoken to without TLS
 */
public record AllowedRouters(Set<String> hosts, Set<String> plainHttp) {
    public AllowedRouters {
        hosts = Set.copyOf(hosts);
        plainHttp = Set.copyOf(plainHttp);
        for (String host : hosts) {
            if (!host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
                throw new BadDeployment("router host: " + host + " (expected: a host name in small letters, no port)");
            }
        }
        if (!hosts.containsAll(plainHttp)) {
            throw new BadDeployment("plainHttp: " + plainHttp + " (expected: only hosts of " + hosts + ")");
        }
    }

    /** The names in the form in which functions read them; sorted, so that the same set gives the same template. */
    public static String words(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(",", new TreeSet<>(names));
    }

    /** Whether a host has a name that is reserved for examples, so that no router can answer there. */
    public boolean isOnPaper() {
        return hosts.isEmpty() || hosts.stream().anyMatch(host -> host.endsWith(".example.net"));
    }
}
