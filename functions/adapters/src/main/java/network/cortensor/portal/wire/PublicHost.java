package network.cortensor.portal.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a host, as it stands in a URL that somebody else is to open for a stranger, is one of the public internet. Nothing is looked up, so a public name may
 * still lead to a private address: the program that opens the URL has to look at the address, too. What is refused here is what can be seen in the name
 * itself:
 *
 * <ul>
 *   <li>addresses that are not public: of this machine, of its link, of private networks, of metadata services;
 *   <li>addresses in any spelling but the plain one ({@code 0x7f.1}, {@code 2130706433}, {@code 0177.0.0.1}), which programs read differently;
 *   <li>names without a dot, and names below endings that no public name has ({@code .internal}, {@code .local});
 *   <li>names of metadata services, and of services whose names spell an address;
 *   <li>whatever is no plain host: other characters than letters, digits, dots and dashes, escapes, doubled dots.
 * </ul>
 */
public final class PublicHost {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern V6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");

    /** Endings of names that only private networks know: reserved ones, and those that networks and orchestrators use. */
    private static final Set<String> PRIVATE_ENDINGS = Set.of(
            "alt",
            "arpa",
            "cluster",
            "consul",
            "corp",
            "default",
            "docker",
            "domain",
            "home",
            "internal",
            "intern",
            "intranet",
            "invalid",
            "lan",
            "local",
            "localdomain",
            "localhost",
            "mail",
            "onion",
            "priv",
            "private",
            "svc",
            "test",
            "workgroup");

    /** Names that lead to metadata of a cloud, and domains whose names lead to whatever address they spell. */
    private static final Set<String> PRIVATE_DOMAINS = Set.of(
            "1u.ms",
            "backname.io",
            "fuf.me",
            "ip6.name",
            "lacolhost.com",
            "local-ip.co",
            "local-ip.sh",
            "local.gd",
            "localdev.me",
            "localhost.direct",
            "localho.st",
            "localtest.me",
            "lvh.me",
            "metadata.goog",
            "metadata.packet.net",
            "metadata.platformequinix.com",
            "metadata.tencentyun.com",
            "nip.io",
            "plex.direct",
            "rbndr.us",
            "sslip.io",
            "traefik.me",
            "vcap.me",
            "xip.io");

    private PublicHost() {}

    /** @param host without a port; an IPv6 address in brackets */
    public static boolean is(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return V6.matcher(lower).matches() && publicAddress(lower.substring(1, lower.length() - 1));
        }
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        String[] labels = name.split("\\.", -1);
        boolean wellFormed = name.length() <= LONGEST
                && labels.length >= 2
                && Arrays.stream(labels).allMatch(label -> LABEL.matcher(label).matches());
        if (!wellFormed) {
            return false;
        }
        String ending = labels[labels.length - 1];
        return looksLikeNumber(ending) ? plainV4(labels) && publicAddress(name) : publicName(name, ending);
    }

    /** As browsers tell addresses from names: by the last part. */
    private static boolean looksLikeNumber(String label) {
        return label.matches("[0-9]+|0x[0-9a-f]*");
    }

    private static boolean plainV4(String[] labels) {
        return labels.length == 4
                && Arrays.stream(labels)
                        .allMatch(label -> OCTET.matcher(label).matches() && Integer.parseInt(label) <= 255);
    }

    private static boolean publicName(String name, String ending) {
        return !PRIVATE_ENDINGS.contains(ending)
                && PRIVATE_DOMAINS.stream().noneMatch(domain -> name.equals(domain) || name.endsWith("." + domain));
    }

    /** @param literal an address in its plain spelling, for which nothing is looked up */
    private static boolean publicAddress(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return !ForbiddenAddresses.contains(address) && !PrivateAddresses.contains(address);
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
