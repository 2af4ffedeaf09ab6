package network.cortensor.portal.dynamo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.LastLiveness;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.health.TargetHealth.FailureSeen;
import network.cortensor.portal.health.TargetHealth.Latest;
import network.cortensor.portal.health.TargetHealth.Run;
import network.cortensor.portal.model.Session;

/**
 * Evidence as an item that a person can read: words, numbers and times, nothing nested. What is absent or cannot be read counts as not
 * seen, so that an item that somebody spoiled by hand is evidence of less, and is whole again after the next write.
 */
final class HealthItems {
    private HealthItems() {}

    static Map<String, Object> format(TargetHealth health) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("version", BigDecimal.valueOf(health.version()));
        item.put("router", health.session().router());
        item.put("session", health.session().id());
        item.put("failuresInRow", BigDecimal.valueOf(health.run().failures()));
        item.put("passesInRow", BigDecimal.valueOf(health.run().passes()));
        format(health.rotation(), item);
        health.liveness().ifPresent(liveness -> format(liveness, item));
        put(item, "lastSuccess", health.latest().success());
        put(item, "lastDeepProbe", health.latest().deepProbe());
        health.latest().failure().ifPresent(failure -> {
            item.put("lastFailure", failure.kind());
            item.put("lastFailureAt", failure.at().toString());
        });
        health.firstToken().ifPresent(time -> item.put("firstTokenMillis", BigDecimal.valueOf(time.toMillis())));
        put(item, "drained", health.drained());
        return item;
    }

    private static void format(Rotation rotation, Map<String, Object> item) {
        switch (rotation) {
            case Rotation.In ignored -> item.put("rotation", "in");
            case Rotation.Ejected(int count, Instant until) -> {
                item.put("rotation", "ejected");
                item.put("ejections", BigDecimal.valueOf(count));
                item.put("ejectedUntil", until.toString());
            }
            case Rotation.Returned(int count, Instant from) -> {
                item.put("rotation", "returned");
                item.put("ejections", BigDecimal.valueOf(count));
                item.put("returnedFrom", from.toString());
            }
        }
    }

    private static void format(LastLiveness liveness, Map<String, Object> item) {
        item.put("liveness", liveness.liveness().word());
        item.put("livenessSince", liveness.since().toString());
        item.put("badLooksInRow", BigDecimal.valueOf(liveness.badInRow()));
        item.put("livenessDisproved", liveness.disproved());
    }

    private static void put(Map<String, Object> item, String name, Optional<Instant> at) {
        at.ifPresent(instant -> item.put(name, instant.toString()));
    }

    static TargetHealth parse(Map<String, Object> item) {
        return new TargetHealth(
                new Session(
                        text(item, "router").orElse(""), text(item, "session").orElse("")),
                run(item),
                rotation(item),
                liveness(item),
                new Latest(instant(item, "lastSuccess"), instant(item, "lastDeepProbe"), failure(item)),
                whole(item, "firstTokenMillis").map(Duration::ofMillis),
                instant(item, "drained"),
                whole(item, "version").orElse(0L));
    }

    private static Run run(Map<String, Object> item) {
        int failures = number(item, "failuresInRow").orElse(0);
        int passes = number(item, "passesInRow").orElse(0);
        return new Run(failures, failures > 0 ? 0 : passes);
    }

    private static Rotation rotation(Map<String, Object> item) {
        int count = Math.max(1, number(item, "ejections").orElse(1));
        return switch (text(item, "rotation").orElse("")) {
            case "ejected" -> ends(item, "ejectedUntil", until -> new Rotation.Ejected(count, until));
            case "returned" -> ends(item, "returnedFrom", from -> new Rotation.Returned(count, from));
            default -> new Rotation.In();
        };
    }

    private static Rotation ends(Map<String, Object> item, String name, Function<Instant, Rotation> rotation) {
        return instant(item, name).map(rotation).orElseGet(Rotation.In::new);
    }

    private static Optional<LastLiveness> liveness(Map<String, Object> item) {
        Optional<Liveness> word = text(item, "liveness")
                .flatMap(text -> Arrays.stream(Liveness.values())
                        .filter(liveness -> liveness.word().equals(text))
                        .findFirst());
        int bad = Math.min(number(item, "badLooksInRow").orElse(0), HealthFold.FAILURES_TO_EJECT);
        boolean disproved = Boolean.TRUE.equals(item.get("livenessDisproved"));
        return word.flatMap(liveness ->
                instant(item, "livenessSince").map(since -> new LastLiveness(liveness, since, bad, disproved)));
    }

    private static Optional<FailureSeen> failure(Map<String, Object> item) {
        return text(item, "lastFailure")
                .flatMap(kind -> instant(item, "lastFailureAt").map(at -> new FailureSeen(kind, at)));
    }

    private static Optional<String> text(Map<String, Object> item, String name) {
        return item.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static Optional<Instant> instant(Map<String, Object> item, String name) {
        return text(item, name).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Integer> number(Map<String, Object> item, String name) {
        return whole(item, name).filter(value -> value <= Integer.MAX_VALUE).map(Long::intValue);
    }

    private static Optional<Long> whole(Map<String, Object> item, String name) {
        return item.get(name) instanceof BigDecimal number
                        && number.signum() >= 0
                        && number.stripTrailingZeros().scale() <= 0
                        && number.precision() - number.scale() <= 18
                ? Optional.of(number.longValueExact())
                : Optional.empty();
    }
}
