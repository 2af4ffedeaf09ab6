package network.cortensor.portal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryTest {
    private static final Boundary BOUNDARY = new Boundary(
            Set.of("any-port.example", "one-port.example:5010", "plain.example:5010", "*.wild.example"),
            Set.of("plain.example:5010"),
            Boundary.Loopback.REFUSED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://any-port.example",
                "https://any-port.example:8443/base",
                "https://ANY-port.example",
                "https://one-port.example:5010",
                "http://plain.example:5010",
                "https://plain.example:5010",
                "https://a.wild.example",
                "https://b.a.wild.example:444"
            })
    void aListedPlaceMayBeSpokenTo(String url) {
        assertThat(BOUNDARY.permits(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            a host that is not listed,           https://other.example
            another port,                        https://one-port.example
            plain HTTP where TLS is a must,      http://any-port.example
            plain HTTP on another port,          http://plain.example
            the bare domain of a wildcard,       https://wild.example
            a name that ends alike,              https://evilwild.example
            a name that begins alike,            https://any-port.example.evil.example
            user info,                           https://user@any-port.example
            user info that looks like the host,  https://any-port.example:443@evil.example
            a fragment,                          https://any-port.example/#x
            another scheme,                      ftp://any-port.example
            no host,                             https:///path
            no scheme,                           any-port.example
            an address instead of a name,        https://127.0.0.1
            """)
    void anythingElseMayNot(String why, String url) {
        assertThat(BOUNDARY.permits(URI.create(url))).as(why).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "::ffff:169.254.169.254",
                "::ffff:127.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "::127.0.0.1"
            })
    void noRouterHasSuchAnAddress(String address) throws Exception {
        assertThat(BOUNDARY.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.5", "192.168.1.1", "172.16.0.1", "8.8.8.8", "100.100.100.201", "2606:4700::1", "fd12::1"
            })
    void aRouterMayHaveSuchAnAddress(String address) throws Exception {
        assertThat(BOUNDARY.permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void theLocalRunSpeaksToItsOwnMachine(String address) throws Exception {
        assertThat(Boundary.LOCAL.permits(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "0.0.0.0", "fe80::1", "fd00:ec2::254"})
    void theLocalRunSpeaksToNoMetadataEither(String address) throws Exception {
        assertThat(Boundary.LOCAL.permits(InetAddress.getByName(address))).isFalse();
    }
}
