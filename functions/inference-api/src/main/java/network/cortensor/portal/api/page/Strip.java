package network.cortensor.portal.api.page;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import network.cortensor.portal.activity.Figures.Figure;

/** Figures as a small drawn strip, a bar for each hour or day, with the numbers in words beside it for people who cannot see it. */
final class Strip {
    private static final int BAR = 3;
    private static final int STEP = 4;
    private static final int HEIGHT = 16;

    private Strip() {}

    /** @param together of the whole time */
    static Markup of(List<Optional<Figure>> each, Optional<Figure> together) {
        return new Markup(together.isEmpty() ? "<small>No data yet</small>" : drawn(each) + words(together.get()));
    }

    /** Where there is no figure there is no bar. */
    private static String drawn(List<Optional<Figure>> each) {
        StringBuilder bars = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"strip\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" aria-hidden=\"true\""
                        + " focusable=\"false\">",
                each.size() * STEP,
                HEIGHT,
                each.size() * STEP,
                HEIGHT));
        for (int place = 0; place < each.size(); place++) {
            int x = place * STEP;
            each.get(place).ifPresent(figure -> bars.append(bar(figure, x)));
        }
        return bars.append("</svg>").toString();
    }

    /** What went unanswered is seen from one in a hundred on: the upper half of the scale is the last tenth. */
    private static String bar(Figure figure, int x) {
        double share = figure.answered();
        double height = Math.max(1, share >= 0.9 ? HEIGHT * (0.5 + (share - 0.9) * 5) : HEIGHT * share / 1.8);
        String grade = grade(share);
        return String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
                grade,
                x,
                HEIGHT - height,
                BAR,
                height);
    }

    private static String grade(double share) {
        if (share >= 0.99) {
            return "good";
        }
        return share >= 0.9 ? "fair" : "poor";
    }

    private static String words(Figure figure) {
        String firstToken = figure.firstToken()
                .map(time -> String.format(Locale.ENGLISH, ", first token after %.1f s", seconds(time)))
                .orElse("");
        return String.format(
                Locale.ENGLISH,
                "<span class=\"figures\">%.1f %% answered%s</span>",
                figure.share().movePointRight(2),
                firstToken);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
