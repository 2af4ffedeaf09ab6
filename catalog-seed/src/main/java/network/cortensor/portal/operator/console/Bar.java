package network.cortensor.portal.operator.console;

/** A number as a bar of block characters, for terminals: eight steps to a column. Beside it always stands the number itself. */
public final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final char FULL = '█';

    private Bar() {}

    /**
     * A bar that is as long as its share of the columns; anything above 0 is at least an eighth of one.
     *
     * @param share 0 to 1; more is drawn as 1
     */
    public static String of(double share, int columns) {
        long eighths = Math.round(Math.clamp(share, 0, 1) * columns * 8);
        if (eighths == 0 && share > 0 && columns > 0) {
            eighths = 1;
        }
        int part = (int) (eighths % 8);
        return String.valueOf(FULL).repeat((int) (eighths / 8)) + (part == 0 ? "" : EIGHTHS.charAt(part));
    }

    /** One sign for each of several places: taken ones full, the others empty. Too many are drawn as a bar. */
    public static String places(int taken, int all, int columns) {
        if (all > columns) {
            String bar = of((double) taken / all, columns);
            return bar + "░".repeat(columns - bar.length());
        }
        int full = Math.min(taken, all);
        return "■".repeat(full) + "□".repeat(all - full);
    }
}
