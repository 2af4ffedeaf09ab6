package network.cortensor.portal.benchmarks.edits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The effects of edits by each program, as tables. */
record EffectReport(List<Effect> effects, int unanswered) {
    private static final Path LOAD = Path.of("/proc/loadavg");

    String markdown() throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(
                "| edited with | edits | time to full effect: least | median | most |\n|---|---:|---:|---:|---:|\n");
        for (Effect effect : effects) {
            text.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %d | %s | %s | %s |%n",
                    effect.editor(),
                    effect.edits(),
                    seconds(effect.last(0)),
                    seconds(effect.last(0.5)),
                    seconds(effect.last(1))));
        }
        text.append("\n| seconds since the edit | requests sent | to the paused target |\n|---|---:|---:|\n");
        for (int second = 0; second <= Effect.SECONDS; second++) {
            int at = second;
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d |%n",
                    second == Effect.SECONDS ? "more than " + second : second + " to " + (second + 1),
                    effects.stream().mapToInt(effect -> effect.sent(at)).sum(),
                    effects.stream().mapToInt(effect -> effect.late(at)).sum()));
        }
        text.append(String.format("%nRequests without an answer: %d. Load average: %s.%n", unanswered, load()));
        return text.toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }

    private static String load() throws IOException {
        if (!Files.isReadable(LOAD)) {
            return "unknown";
        }
        return String.join(" ", List.of(Files.readString(LOAD).split(" ")).subList(0, 3));
    }
}
