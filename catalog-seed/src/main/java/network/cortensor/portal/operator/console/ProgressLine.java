package network.cortensor.portal.operator.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far a long command is, on one line of a terminal that is taken away at the end: {@code writing ███▌  35 % of 200}. Where nobody watches, or it is a
 * short one, nothing is shown. For one thread.
 */
public final class ProgressLine implements AutoCloseable {
    /** So few are over before anybody has read the line. */
    private static final int FEW = 25;

    /** Of the bar, where there is room for it. */
    private static final int COLUMNS = 20;

    private static final String LINE_START = "\r";
    private static final String TO_THE_END = "\u001b[K";

    private final PrintWriter out;
    private final String what;
    private final OptionalLong all;
    private final boolean shown;
    private final int room;
    private long done;
    private String drawn = "";

    /** @param room how many columns there are; empty if nobody watches */
    ProgressLine(PrintWriter out, String what, OptionalLong all, OptionalInt room) {
        this.out = out;
        this.what = what;
        this.all = all;
        this.shown = room.isPresent() && all.orElse(FEW) >= FEW;
        this.room = room.orElse(0);
    }

    /** One more is done. */
    public void step() {
        reached(done + 1);
    }

    /** So many are done. */
    public void reached(long count) {
        done = count;
        if (shown && (all.isPresent() || done % FEW == 0)) {
            draw(line());
        }
    }

    private String line() {
        if (all.isEmpty()) {
            return String.format(Locale.ROOT, "%s %,d", what, done);
        }
        double share = (double) done / all.getAsLong();
        String count = String.format(Locale.ROOT, "%3d %% of %,d", (int) (share * 100), all.getAsLong());
        int columns = Math.clamp(room - what.length() - count.length() - "  ".length() - 1, 0, COLUMNS);
        String bar = Bar.of(share, columns);
        return what + " " + bar + " ".repeat(columns - bar.length()) + " " + count;
    }

    private void draw(String line) {
        if (!line.equals(drawn)) {
            drawn = line;
            // A line that reaches the last column goes on in the next one, which nothing would take away.
            out.print(LINE_START + line.substring(0, Math.min(line.length(), Math.max(0, room - 1))) + TO_THE_END);
            out.flush();
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (!drawn.isEmpty()) {
            drawn = "";
            out.print(LINE_START + TO_THE_END);
            out.flush();
        }
    }
}
