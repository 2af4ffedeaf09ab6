package network.cortensor.portal.benchmarks.edits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What came of all edits by one program. Not thread-safe. */
final class Effect {
    /** Seconds after an edit that are told apart; whatever comes later is beyond the bound. */
    static final int SECONDS = 5;

    private final String editor;
    private final int[] sent = new int[SECONDS + 1];
    private final int[] late = new int[SECONDS + 1];
    private final List<Duration> last = new ArrayList<>();

    Effect(String editor) {
        this.editor = editor;
    }

    /** @param attempts after the edit, to whatever target */
    void add(Instant edit, List<Attempts.Attempt> attempts, String closed) {
        Duration latest = Duration.ZERO;
        for (Attempts.Attempt attempt : attempts) {
            Duration since = Duration.between(edit, attempt.start());
            int second = (int) Math.min(SECONDS, since.toSeconds());
            sent[second]++;
            if (attempt.target().equals(closed)) {
                late[second]++;
                latest = since.compareTo(latest) > 0 ? since : latest;
            }
        }
        last.add(latest);
        last.sort(Duration::compareTo);
    }

    String editor() {
        return editor;
    }

    int edits() {
        return last.size();
    }

    int sent(int second) {
        return sent[second];
    }

    /** Those of {@link #sent} that went to the closed target. */
    int late(int second) {
        return late[second];
    }

    /** How long after an edit a request was last sent to the closed target: the time to the full effect. */
    Duration last(double share) {
        int rank = (int) Math.ceil(share * last.size());
        return last.get(Math.clamp(rank - 1L, 0, last.size() - 1));
    }
}
