package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.activity.Figures;
import network.cortensor.portal.activity.Figures.Figure;

/** {@code activity} of a model: the same figures as on the catalog page, {@code null} where there is too little data. */
final class ActivityObject {
    private ActivityObject() {}

    static void put(Figures figures, ObjectNode json) {
        put(figures.lastDay(), figures.hours(), "hourly", json.putObject("last_24_hours"));
        put(figures.lastMonth(), figures.days(), "daily", json.putObject("last_30_days"));
    }

    private static void put(Optional<Figure> together, List<Optional<Figure>> each, String name, ObjectNode json) {
        json.put("answered", together.map(Figure::share).orElse(null));
        json.put(
                "first_token_seconds",
                together.flatMap(ActivityObject::firstToken).orElse(null));
        ObjectNode lists = json.putObject(name);
        ArrayNode answered = lists.putArray("answered");
        ArrayNode firstTokens = lists.putArray("first_token_seconds");
        for (Optional<Figure> figure : each) {
            answered.add(figure.map(Figure::share).orElse(null));
            firstTokens.add(figure.flatMap(ActivityObject::firstToken).orElse(null));
        }
    }

    private static Optional<BigDecimal> firstToken(Figure figure) {
        return figure.firstToken()
                .map(Duration::toMillis)
                .map(millis -> BigDecimal.valueOf(millis, 3).setScale(2, RoundingMode.HALF_UP));
    }
}
