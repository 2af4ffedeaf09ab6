package network.cortensor.portal.operator.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a long command is, on one line of a terminal that is taken away at the end: {@code writing ███▌  35 % of 200}. Where nobody watches, or it is a
 * short one, nothing is shown. For one thread.
 */
public final class ProgressLine implements AutoCloseable {
    /** So few are over before anybody has read the line. */
    private static final int FEW = 25;

    private static final int COLUMNS = 20;
    private static final String LINE_START = "\r";
    private static final String TO_THE_END = "\u001b[K";

    private final PrintWriter out;
    private final String what;
    private final OptionalLong all;
    private final boolean shown;
    private long done;
    private String drawn = "";

    ProgressLine(PrintWriter out, String what, OptionalLong all, boolean watched) {
        this.out = out;
        this.what = what;
        this.all = all;
        this.shown = watched && all.orElse(FEW) >= FEW;
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
        double share = all.getAsLong() == 0 ? 1 : (double) done / all.getAsLong();
        String bar = Bar.of(share, COLUMNS);
        return String.format(
                Locale.ROOT,
                "%s %s%s %3d %% of %,d",
                what,
                bar,
                " ".repeat(COLUMNS - bar.length()),
                (int) (share * 100),
                all.getAsLong());
    }

    private void draw(String line) {
        if (!line.equals(drawn)) {
            drawn = line;
            out.print(LINE_START + line + TO_THE_END);
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
