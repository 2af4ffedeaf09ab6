package network.cortensor.portal.api.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUrlsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://images.example/sky.png",
                "https://Images.EXAMPLE/sky.png",
                "https://images.example",
                "https://images.example:8443/a/b.png?size=1&x=%20y#z",
                "https://images.example?a=http://127.0.0.1/@x",
                "https://images.example/a@b:c",
                "https://8.8.8.8/x.png",
                "https://[2606:4700:4700::1111]/x.png",
                "https://images.example/ü.png",
                "data:image/png;base64,AAAA",
                "data:image/webp;name=a.svg;base64,AAAA",
                "data:image/png;base64,AA\nAA"
            })
    void theseArePassedOn(String url) {
        assertThat(ImageUrls.isPublic(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "https:///x.png",
                "HTTPS://localhost/",
                "http://images.example/x.png",
                "http://169.254.169.254/latest/meta-data/",
                "https://169.254.169.254/latest/meta-data/",
                "ftp://images.example/x.png",
                "file:///etc/passwd",
                "gopher://images.example",
                "javascript:alert(1)",
                "//images.example/x.png",
                "images.example/x.png",
                "https:images.example/x.png",
                "https:/images.example/x.png",
                "https:\\\\images.example\\x.png",
                "https://good.example@127.0.0.1/",
                "https://good.example:443@127.0.0.1/",
                "https://user@images.example/",
                "https://good.example\\@127.0.0.1/",
                "https://127.0.0.1\\.good.example/",
                "https://good.example%2f@127.0.0.1/",
                "https://%31%32%37.0.0.1/",
                "https://127.0.0.\t1/",
                "https://127.0.0.1\n.good.example/",
                " https://images.example/x.png",
                "https://images.example/x.png ",
                "https://images.example/a b.png",
                "https://images.example/a\r\nx: y",
                "https://images.example/\u2028",
                "https://images.example:0/",
                "https://images.example:65536/",
                "https://images.example:99999999999/",
                "https://images.example:/x",
                "https://images.example:a/",
                "https://[::1]:443/",
                "https://[::ffff:169.254.169.254]/",
                "https://[::1]x.example/",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://localhost/",
                "https://metadata.google.internal/computeMetadata/v1/",
                "data:text/html,<script>",
                "data:image/svg+xml,<svg/>",
                "data:image/SVG+XML;base64,AAAA",
                "data:image/svg%2bxml,<svg/>",
                "data:image/x-xml,<svg/>",
                "data:image/ svg+xml,<svg><image href='http://169.254.169.254/'/></svg>",
                "data:,x",
                "data:"
            })
    void theseAreNot(String url) {
        assertThat(ImageUrls.isPublic(url)).isFalse();
    }
}
