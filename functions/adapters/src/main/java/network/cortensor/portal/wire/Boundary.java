package network.cortensor.portal.wire;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a deployment may connect to. Entries are {@code name} (any port), {@code name:port}, {@code *.domain} (with or without a port), or
 * {@code *}.
 *
 * @param hosts that may be spoken to
 * @param plainHttpHosts those of them that may be spoken to without TLS
 * @param loopback whether this machine itself may be spoken to, which in Lambda serves the Runtime API
 */
public record Boundary(Set<String> hosts, Set<String> plainHttpHosts, Loopback loopback) {
    private static final String ANY = "*";

    /** Everything that a developer's machine can reach. */
    public static final Boundary LOCAL = new Boundary(Set.of(ANY), Set.of(ANY), Loopback.PERMITTED);

    /** Whether this machine itself may be spoken to. */
    public enum Loopback {
        REFUSED,
        PERMITTED
    }

    public Boundary {
        hosts = lowerCase(hosts);
        plainHttpHosts = lowerCase(plainHttpHosts);
    }

    /** Whether the URL names a place that is listed. Its addresses are yet to be looked at. */
    public boolean permits(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return false;
        }
        return switch (scheme) {
            case "https" -> listed(hosts, url);
            case "http" -> listed(hosts, url) && listed(plainHttpHosts, url);
            default -> false;
        };
    }

    /** Whether an address that a listed host resolved to may be connected to. */
    public boolean permits(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return loopback == Loopback.PERMITTED;
        }
        return !ForbiddenAddresses.contains(address);
    }

    private static Set<String> lowerCase(Set<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean listed(Set<String> names, URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String port = ":" + WireSettings.portOf(url);
        return Stream.concat(Stream.of(host, ANY), domains(host))
                .anyMatch(name -> names.contains(name) || names.contains(name + port));
    }

    private static Stream<String> domains(String host) {
        return Stream.iterate(host.indexOf('.'), dot -> dot >= 0, dot -> host.indexOf('.', dot + 1))
                .map(dot -> ANY + host.substring(dot));
    }
}
