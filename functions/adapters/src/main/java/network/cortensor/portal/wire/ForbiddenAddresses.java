package network.cortensor.portal.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Addresses that no router has: those of this machine, of the link it is on (where clouds keep their metadata and credentials), of groups,
 * and of the metadata services that live elsewhere. An IPv4 address inside an IPv6 one is looked at as what it is.
 */
final class ForbiddenAddresses {
    /** Alibaba Cloud's metadata service. */
    private static final byte[] ALIBABA_METADATA = {100, 100, 100, (byte) 200};

    /** AWS's services of an instance, metadata among them: fd00:ec2::/32. */
    private static final byte[] AWS_LOCAL_SERVICES = {(byte) 0xfd, 0x00, 0x0e, (byte) 0xc2};

    /** NAT64: 64:ff9b::/96. */
    private static final byte[] NAT64 = {0x00, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** 6to4: 2002::/16. */
    private static final byte[] SIX_TO_FOUR = {0x20, 0x02};

    private ForbiddenAddresses() {}

    static boolean contains(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return switch (address) {
            case Inet4Address ignored -> bytes[0] == 0 || broadcast(bytes) || Arrays.equals(bytes, ALIBABA_METADATA);
            case Inet6Address v6 ->
                starts(bytes, AWS_LOCAL_SERVICES)
                        || embedded(v6).map(ForbiddenAddresses::contains).orElse(false);
            default -> true;
        };
    }

    private static boolean broadcast(byte[] bytes) {
        return Arrays.equals(bytes, new byte[] {-1, -1, -1, -1});
    }

    private static Optional<InetAddress> embedded(Inet6Address address) {
        byte[] bytes = address.getAddress();
        if (address.isIPv4CompatibleAddress() || starts(bytes, NAT64)) {
            return Optional.of(v4(bytes, 12));
        }
        return starts(bytes, SIX_TO_FOUR) ? Optional.of(v4(bytes, 2)) : Optional.empty();
    }

    private static InetAddress v4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean starts(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
