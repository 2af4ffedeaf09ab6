package network.cortensor.portal.benchmarks.overhead;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import network.cortensor.portal.benchmarks.machine.Percentiles;
import network.cortensor.portal.benchmarks.overhead.Pairs.Pair;

/** Which share of requests had less than so much added to their first token: one curve for each number of streams, as SVG. */
record Plot(List<Pairs> pairs) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;
    private static final int LEFT = 60;
    private static final int BOTTOM = 50;
    private static final int TOP = 20;
    private static final int RIGHT = 20;

    /** The axis is logarithmic, from one millisecond to a second. */
    private static final int DECADES = 3;

    private static final int STEPS = 200;
    private static final List<String> COLOURS = List.of("#1b7f5c", "#3565c4", "#b8432f");

    String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="#ffffff"/>
                %s%s%s<text x="%d" y="%d" text-anchor="middle">added to the first token, ms</text>
                <text x="16" y="%d" text-anchor="middle" transform="rotate(-90 16 %d)">share of requests</text>
                </svg>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        times(),
                        shares(),
                        IntStream.range(0, pairs.size()).mapToObj(this::curve).collect(Collectors.joining()),
                        (LEFT + WIDTH - RIGHT) / 2,
                        HEIGHT - 10,
                        (TOP + HEIGHT - BOTTOM) / 2,
                        (TOP + HEIGHT - BOTTOM) / 2);
    }

    private static String times() {
        return IntStream.rangeClosed(0, DECADES)
                .mapToObj(decade -> {
                    double x = x(Math.pow(10, decade));
                    return line(x, TOP, x, HEIGHT - BOTTOM)
                            + label(
                                    x,
                                    HEIGHT - BOTTOM + 18.0,
                                    "middle",
                                    String.format(Locale.ROOT, "%.0f", Math.pow(10, decade)));
                })
                .collect(Collectors.joining());
    }

    private static String shares() {
        return IntStream.rangeClosed(0, 4)
                .mapToObj(quarter -> {
                    double y = y(quarter / 4.0);
                    return line(LEFT, y, WIDTH - RIGHT, y) + label(LEFT - 8.0, y + 4, "end", quarter * 25 + " %");
                })
                .collect(Collectors.joining());
    }

    private String curve(int number) {
        Percentiles added = pairs.get(number).of(Pair::addedToFirstToken);
        String points = IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> (double) step / STEPS)
                .map(share -> point(x(OverheadReport.millis(added.at(share))), y(share)))
                .collect(Collectors.joining(" "));
        String colour = COLOURS.get(number % COLOURS.size());
        String legend = pairs.get(number).streams() + " at once";
        return "<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" points=\"" + points + "\"/>\n"
                + "<text x=\"" + (LEFT + 12) + "\" y=\"" + (TOP + 20 + number * 18) + "\" fill=\"" + colour + "\">"
                + legend
                + "</text>\n";
    }

    private static double x(double millis) {
        double decades = Math.clamp(Math.log10(Math.max(millis, 1)), 0, DECADES);
        return LEFT + decades / DECADES * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private static String line(double fromX, double fromY, double toX, double toY) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>%n",
                fromX,
                fromY,
                toX,
                toY);
    }

    private static String label(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }
}
