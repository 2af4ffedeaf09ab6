package network.cortensor.portal.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/**
 * Addresses that are not of the public internet, by IANA's registries of special-purpose addresses: routers of a deployment may have one, but nobody outside may be
 * led there. An IPv4 address inside an IPv6 one is looked at as what it is.
 */
final class PrivateAddresses {
    /** A network: its first address and how many bits of it count. */
    private record Network(List<Integer> first, int bits) {
        static Network of(int bits, Integer... first) {
            return new Network(List.of(first), bits);
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int at = bit / Byte.SIZE;
                int wanted = at < first.size() ? first.get(at) : 0;
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((address[at] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Network> V4 = List.of(
            Network.of(8, 10),
            Network.of(10, 100, 64),
            Network.of(12, 172, 16),
            Network.of(24, 192, 0, 0),
            Network.of(24, 192, 0, 2),
            Network.of(24, 192, 88, 99),
            Network.of(16, 192, 168),
            Network.of(15, 198, 18),
            Network.of(24, 198, 51, 100),
            Network.of(24, 203, 0, 113),
            Network.of(4, 240));

    /** Only 2000::/3 is public, and of that neither Teredo, nor ORCHID, nor documentation. */
    private static final Network PUBLIC_V6 = Network.of(3, 0x20);

    private static final List<Network> V6 = List.of(
            Network.of(23, 0x20, 0x01, 0x00),
            Network.of(32, 0x20, 0x01, 0x0d, 0xb8),
            Network.of(16, 0x20, 0x02),
            Network.of(20, 0x3f, 0xff));

    private PrivateAddresses() {}

    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? in(V4, bytes) : !PUBLIC_V6.contains(bytes) || in(V6, bytes);
    }

    private static boolean in(List<Network> networks, byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
