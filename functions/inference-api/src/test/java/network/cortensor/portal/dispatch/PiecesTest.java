package network.cortensor.portal.dispatch;

import static network.cortensor.portal.dispatch.AttemptScript.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import network.cortensor.portal.completion.CompletionEvent;
import network.cortensor.portal.model.Pool;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Streaming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A whole answer as a stream. */
class PiecesTest {
    private static final String ALPHABET = "aAbä 漢字\n\t.,-😀👩‍👩‍👧é{}<>\u00ad\u200b";

    @Test
    void wordsComeWithTheBlanksBehindThem() {
        assertThat(texts(new CompletionEvent.Text("The quick  brown\nfox.")))
                .containsExactly("The ", "quick  ", "brown\n", "fox.");
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void piecesTogetherAreTheAnswerToTheLetter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] alphabet = ALPHABET.codePoints().toArray();
        String text = random.ints(1 + random.nextInt(20_000), 0, alphabet.length)
                .mapToObj(letter -> Character.toString(alphabet[letter]))
                .collect(Collectors.joining());

        List<String> pieces = texts(new CompletionEvent.Text(text));

        assertThat(String.join("", pieces)).isEqualTo(text);
        assertThat(pieces).doesNotContain("").hasSizeLessThanOrEqualTo(4_000);
        assertThat(pieces).noneMatch(piece -> Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
    }

    @Test
    void reasoningIsCutAsWell() {
        assertThat(StreamPieces.of(new CompletionEvent.Reasoning("Let me think.")))
                .containsExactly(
                        new CompletionEvent.Reasoning("Let "),
                        new CompletionEvent.Reasoning("me "),
                        new CompletionEvent.Reasoning("think."));
    }

    @Test
    void aFunctionCallIsNot() {
        CompletionEvent call =
                new CompletionEvent.ToolCallPiece(0, Optional.of("id"), Optional.of("name"), "{\"a\": 1, \"b\": 2}");

        assertThat(StreamPieces.of(call)).containsExactly(call);
    }

    @Test
    void aBufferedPoolStreamsInPieces() throws Exception {
        DispatcherRig rig = buffered();

        rig.dispatch();

        assertThat(rig.delivery.events())
                .containsExactly(AttemptScript.text("Hello "), AttemptScript.text("world"), AttemptScript.END);
    }

    @Test
    void whoAskedForNoStreamGetsTheAnswerInOnePiece() throws Exception {
        DispatcherRig rig = buffered().wish(Job.Wish.WHOLE);

        rig.dispatch();

        assertThat(rig.delivery.events()).containsExactly(AttemptScript.text("Hello world"), AttemptScript.END);
    }

    private static DispatcherRig buffered() {
        DispatcherRig rig = new DispatcherRig();
        rig.catalog.targets("a").with(new Pool("main", State.LIVE, PoolTimes.DEFAULTS, 3, Streaming.BUFFERED));
        rig.router.on("a", answers(Duration.ofSeconds(1), "Hello world"));
        return rig;
    }

    private static List<String> texts(CompletionEvent event) {
        return StreamPieces.of(event)
                .map(piece -> ((CompletionEvent.Text) piece).text())
                .toList();
    }
}
