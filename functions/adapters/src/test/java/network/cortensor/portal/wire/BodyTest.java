package network.cortensor.portal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import network.cortensor.portal.model.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String MARK = "\uFEFF";

    @ParameterizedTest
    @CsvSource({"data: x", "'{}'", "''", "é"})
    void aByteOrderMarkAtTheBeginningIsLeftOut(String text) {
        assertThat(body(MARK + text).whole(100)).isEqualTo(new ResponseBody.Whole.Text(text));
        assertThat(body(MARK + text + "\n").lines(100, 100).next(PATIENCE)).isEqualTo(new Lines.Line.Text(text));
    }

    @Test
    void oneAnywhereElseIsText() {
        assertThat(body("a" + MARK).whole(100)).isEqualTo(new ResponseBody.Whole.Text("a" + MARK));
        assertThat(body(MARK + MARK + "a").whole(100)).isEqualTo(new ResponseBody.Whole.Text(MARK + "a"));
    }

    @Test
    void theFirstCharacterIsSeenBehindOne() {
        ResponseBody body = body(MARK + " \n{\"a\":1}");

        assertThat(body.peek()).isEqualTo('{');
        assertThat(body.whole(100)).isEqualTo(new ResponseBody.Whole.Text("{\"a\":1}"));
    }

    @ParameterizedTest
    @CsvSource({"ef", "efbb", "efbb41", "ef41", "bbbf"})
    void halfOfOneIsNotTakenForOne(String bytes) {
        byte[] raw = new BigInteger(bytes, 16).toByteArray();
        byte[] half = raw[0] == 0 ? Arrays.copyOfRange(raw, 1, raw.length) : raw;

        assertThat(new ResponseBody(new ByteArrayInputStream(half)).whole(100))
                .isEqualTo(new ResponseBody.Whole.Text(new String(half, StandardCharsets.UTF_8)));
    }

    @Test
    void aBodyThatBreaksBeforeItsFirstByteIsCut() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                throw new IOException("reset");
            }
        };

        assertThat(new ResponseBody(broken).lines(100, 100).next(PATIENCE))
                .isEqualTo(new Lines.Line.Broken(new Failure.Cut()));
    }

    private static ResponseBody body(String text) {
        return new ResponseBody(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
