package network.cortensor.portal.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    @Test
    void namesAreFoundInAnyCaseAndKeepTheirs() {
        Headers headers = Headers.of("X-One", "a", "x-one", "b");

        assertThat(headers.values("X-ONE")).containsExactly("a", "b");
        assertThat(headers.all()).extracting(Header::name).containsExactly("X-One", "x-one");
    }

    @Test
    void aListedWordIsFoundInAnyOfTheFields() {
        Headers headers = Headers.of("Connection", "keep-alive, Close", "Connection", "upgrade");

        assertThat(headers.lists("connection", "close")).isTrue();
        assertThat(headers.lists("connection", "upgrade")).isTrue();
        assertThat(headers.lists("connection", "clos")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\u0000b", "a\u007fb"})
    void aValueCannotBecomeAnotherHeader(String value) {
        assertThatThrownBy(() -> new Header("X", value)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "ä"})
    void aNameIsAToken(String name) {
        assertThatThrownBy(() -> new Header(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
