package network.cortensor.portal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.model.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void linesEndWithLineFeedsAndPerhapsReturns() {
        assertThat(texts(lines("a\r\n\nb\n"))).containsExactly("a", "", "b");
    }

    @Test
    void whatFollowsTheLastLineFeedIsNoLine() {
        assertThat(texts(lines("a\nhalf"))).containsExactly("a");
    }

    @Test
    void bytesThatAreNoTextBecomeReplacementCharacters() {
        InputStream in = new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'});

        assertThat(texts(new Lines(in, 100, 100))).containsExactly("a\uFFFD");
    }

    @Test
    void aLineThatIsTooLongIsOversizedBeforeItEnds() {
        Lines lines = new Lines(endless(), 1000, 1_000_000);

        assertThat(lines.next(PATIENCE)).isEqualTo(new Lines.Line.Broken(new Failure.Oversized()));
    }

    @Test
    void linesThatAreTooManyAreOversized() {
        Lines lines = new Lines(stream("x\n".repeat(50_000)), 1000, 20_000);

        Lines.Line last = lines.next(PATIENCE);
        while (last instanceof Lines.Line.Text) {
            last = lines.next(PATIENCE);
        }
        assertThat(last).isEqualTo(new Lines.Line.Broken(new Failure.Oversized()));
    }

    @Test
    void aBodyThatBreaksIsCut() {
        InputStream in = new SequenceInputStream(stream("a\nb"), new Bytes(() -> {
            throw new IOException("reset");
        }));
        Lines lines = new Lines(in, 100, 100);

        assertThat(lines.next(PATIENCE)).isEqualTo(new Lines.Line.Text("a"));
        assertThat(lines.next(PATIENCE)).isEqualTo(new Lines.Line.Broken(new Failure.Cut()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void howTheBytesArriveChangesNothing(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append(List.of("a", "ü", "🙂", "\n", "\r\n").get(random.nextInt(5)));
        }
        text.append('\n');

        assertThat(texts(new Lines(dripping(text.toString(), random), 10_000, 100_000)))
                .isEqualTo(texts(lines(text.toString())));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static Lines lines(String text) {
        return new Lines(stream(text), 10_000, 100_000);
    }

    private static List<String> texts(Lines lines) {
        List<String> texts = new ArrayList<>();
        while (true) {
            switch (lines.next(PATIENCE)) {
                case Lines.Line.Text(String text) -> texts.add(text);
                case Lines.Line.NotYet _ -> {}
                case Lines.Line.End _, Lines.Line.Broken _ -> {
                    return texts;
                }
            }
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream endless() {
        return new Bytes(() -> "x".repeat(100).getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream dripping(String text, RandomGenerator random) {
        InputStream all = stream(text);
        return new Bytes(() -> {
            if (random.nextInt(4) == 0) {
                throw new SocketTimeoutException();
            }
            return all.readNBytes(1 + random.nextInt(3));
        });
    }

    private interface Source {
        byte[] next() throws IOException;
    }

    /** Gives as many bytes at once as its source does. */
    private static final class Bytes extends InputStream {
        private final Source source;

        Bytes(Source source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            throw new IOException("read one by one");
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            byte[] next = source.next();
            System.arraycopy(next, 0, bytes, from, next.length);
            return next.length == 0 ? -1 : next.length;
        }
    }
}
