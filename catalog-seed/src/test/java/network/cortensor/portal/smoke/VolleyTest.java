package network.cortensor.portal.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VolleyTest {
    private static final StreamedAnswer.End DONE = new StreamedAnswer.End.Done();
    private static final StreamedAnswer GOOD = answer(200, "good", every(Duration.ofMillis(50)), DONE);
    private static final StreamedAnswer HELD = answer(200, "held-request", every(Duration.ZERO), DONE);
    private static final StreamedAnswer CUT =
            answer(200, "cut", every(Duration.ofMillis(50)), new StreamedAnswer.End.Cut());

    private final Deque<StreamedAnswer> first = new ArrayDeque<>();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    private static StreamedAnswer answer(int status, String id, List<Instant> arrivals, StreamedAnswer.End end) {
        StreamedAnswer.Head head = new StreamedAnswer.Head(
                status, HttpClient.Version.HTTP_1_1, Optional.of(id), Optional.of(Duration.ofSeconds(7)));
        return new StreamedAnswer(head, Pace.of(arrivals), end);
    }

    private static List<Instant> every(Duration pause) {
        return IntStream.range(0, 30)
                .mapToObj(piece -> Instant.EPOCH.plus(pause.multipliedBy(piece)))
                .toList();
    }

    private Finding fire(int streams, int abreast) throws InterruptedException {
        return new Volley(streams, abreast)
                .fire(
                        "volley",
                        () -> {
                            synchronized (first) {
                                return first.isEmpty() ? GOOD : first.removeFirst();
                            }
                        },
                        pauses::add);
    }

    @Test
    void streamsThatAllComeWordByWordAreGood() throws InterruptedException {
        assertThat(fire(50, 8)).isEqualTo(new Finding.Good("volley", "none of 50 held"));
    }

    @Test
    void oneHeldStreamOfFiftyFailsAndIsNamed() throws InterruptedException {
        first.add(HELD);

        assertThat(fire(50, 8)).isEqualTo(new Finding.Bad("volley", "1 of 50 held to their end: held-request"));
    }

    @Test
    void aRefusedStreamIsAskedForAgainWhenTheAnswerSaysSo() throws InterruptedException {
        first.add(answer(429, "limited", List.of(), new StreamedAnswer.End.Cut()));
        first.add(answer(503, "busy", List.of(), new StreamedAnswer.End.Cut()));

        assertThat(fire(10, 1)).isEqualTo(new Finding.Good("volley", "none of 10 held"));
        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
    }

    @Test
    void routersMayFailATenthOfThem() throws InterruptedException {
        first.add(CUT);
        first.add(answer(502, "failed", List.of(), new StreamedAnswer.End.Cut()));

        assertThat(fire(20, 3))
                .isEqualTo(new Finding.Good("volley", "none of 20 held, 2 not judged (1 broke off, 1 status 502)"));
    }

    @Test
    void ofTooFewNothingCanBeTold() throws InterruptedException {
        first.addAll(List.of(CUT, CUT, CUT));

        assertThat(fire(20, 3)).isEqualTo(new Finding.Bad("volley", "too few to tell, 3 not judged (3 broke off)"));
    }

    @Test
    void aStreamThatNeverEndsIsHeldAndOneThatNeverBeganIsNot() throws InterruptedException {
        Deque<IOException> troubles = new ArrayDeque<>(
                List.of(new HttpTimeoutException("no end"), new HttpConnectTimeoutException("no one")));
        Finding finding = new Volley(50, 1)
                .fire(
                        "volley",
                        () -> {
                            if (!troubles.isEmpty()) {
                                throw troubles.removeFirst();
                            }
                            return GOOD;
                        },
                        pauses::add);

        assertThat(finding)
                .isEqualTo(new Finding.Bad(
                        "volley",
                        "1 of 50 held to their end: one without an end, 1 not judged (1 HttpConnectTimeoutException)"));
    }

    @Test
    void aConnectionThatFailsIsNotJudged() throws InterruptedException {
        Finding finding = new Volley(2, 1)
                .fire(
                        "volley",
                        () -> {
                            throw new IOException("gone");
                        },
                        pauses::add);

        assertThat(finding).isEqualTo(new Finding.Bad("volley", "too few to tell, 2 not judged (2 IOException)"));
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Volley(-1, 1))
                .withMessage("streams: -1 (expected: >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Volley(1, 0))
                .withMessage("abreast: 0 (expected: >= 1)");
    }
}
