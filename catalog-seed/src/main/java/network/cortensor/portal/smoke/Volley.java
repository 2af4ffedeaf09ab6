package network.cortensor.portal.smoke;

import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import network.cortensor.portal.time.Pause;

/**
 * Many streams through one front, to find the one that is held back: on AWS some streams were seen to come as a whole at their end while all
 * others came word by word (a chunk with both the prelude and the first bytes), so that one good stream says little.
 *
 * <p>It fails if one stream is held, to its end or for ever, or if fewer than nine of ten could be judged. A stream that was refused for its customer's limits or for
 * lack of sessions is asked for again when the answer says so.
 *
 * @param streams how many; 0 for none
 * @param abreast how many at a time; a plan's {@code requestsInFlight} bounds what is useful
 */
public record Volley(int streams, int abreast) {
    /** Enough to meet what befalls one stream in twenty nine times out of ten. */
    static final int STREAMS = 50;

    /** What the smallest plan lets run at once. */
    static final int ABREAST = 2;

    private static final int TRIES = 20;
    private static final Duration UNSAID = Duration.ofSeconds(5);

    public Volley {
        if (streams < 0) {
            throw new IllegalArgumentException("streams: " + streams + " (expected: >= 0)");
        }
        if (abreast < 1) {
            throw new IllegalArgumentException("abreast: " + abreast + " (expected: >= 1)");
        }
    }

    /** One stream of a front. */
    @FunctionalInterface
    interface Stream {
        StreamedAnswer read() throws IOException, InterruptedException;
    }

    /** What became of one stream. */
    private sealed interface Fate {
        record OneByOne() implements Fate {}

        /** @param which by its request id, by which AWS or our log can be asked about it */
        record Held(String which) implements Fate {}

        /** Nothing can be told from it. */
        record Unjudged(String why) implements Fate {}
    }

    Finding fire(String name, Stream stream, Pause pause) throws InterruptedException {
        List<Fate> fates = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(abreast)) {
            List<Future<Fate>> running = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                running.add(threads.submit(() -> fate(stream, pause)));
            }
            for (Future<Fate> one : running) {
                fates.add(one.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a stream ended in a bug of the smoke test", e.getCause());
        }
        return judged(name, fates);
    }

    private static Fate fate(Stream stream, Pause pause) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try {
                StreamedAnswer answer = stream.read();
                if (answer.status() != 429 && answer.status() != 503) {
                    return fate(answer);
                }
                pause.pause(answer.head().retryAfter().orElse(UNSAID));
            } catch (HttpConnectTimeoutException e) {
                return new Fate.Unjudged(e.getClass().getSimpleName());
            } catch (HttpTimeoutException e) {
                // The product ends every answer before that, by an error if need be.
                return new Fate.Held("one without an end");
            } catch (IOException e) {
                return new Fate.Unjudged(e.getClass().getSimpleName());
            }
        }
        return new Fate.Unjudged("refused " + TRIES + " times");
    }

    private static Fate fate(StreamedAnswer answer) {
        if (answer.status() != 200) {
            return new Fate.Unjudged("status " + answer.status());
        }
        if (!(answer.end() instanceof StreamedAnswer.End.Done)) {
            return new Fate.Unjudged("broke off");
        }
        return switch (answer.pace().verdict()) {
            case ONE_BY_ONE -> new Fate.OneByOne();
            case BUFFERED -> new Fate.Held(answer.head().requestId().orElse("without a request id"));
            case TOO_SHORT -> new Fate.Unjudged("too short");
        };
    }

    private Finding judged(String name, List<Fate> fates) {
        List<String> held = new ArrayList<>();
        Map<String, Integer> unjudged = new TreeMap<>();
        for (Fate fate : fates) {
            switch (fate) {
                case Fate.OneByOne() -> {}
                case Fate.Held(String which) -> held.add(which);
                case Fate.Unjudged(String why) -> unjudged.merge(why, 1, Integer::sum);
            }
        }
        int blind = unjudged.values().stream().mapToInt(Integer::intValue).sum();
        String rest = blind == 0 ? "" : ", " + blind + " not judged (" + counted(unjudged) + ")";
        if (!held.isEmpty()) {
            return new Finding.Bad(
                    name, held.size() + " of " + streams + " held to their end: " + String.join(", ", held) + rest);
        }
        return blind * 10 > streams
                ? new Finding.Bad(name, "too few to tell" + rest)
                : new Finding.Good(name, "none of " + streams + " held" + rest);
    }

    private static String counted(Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .map(reason -> reason.getValue() + " " + reason.getKey())
                .collect(Collectors.joining(", "));
    }
}
