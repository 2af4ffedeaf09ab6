package network.cortensor.portal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One session has one key, however its router's URL is written: two keys would let two requests on it at once. */
class SessionTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "http://Router.Example:5010, router.example:5010",
        "http://router.example, router.example:80",
        "http://router.example:80/, router.example:80",
        "https://router.example/base, router.example:443",
        "HTTPS://ROUTER.EXAMPLE, router.example:443",
        "https://router.example:443, router.example:443",
        "http://router.example:0, router.example:0"
    })
    void aRouterIsItsHostAndPort(URI url, String router) {
        assertThat(Session.routerOf(url)).isEqualTo(router);
    }
}
