package network.cortensor.portal.dynamo.health;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import network.cortensor.portal.health.HealthFold;
import network.cortensor.portal.health.LastLiveness;
import network.cortensor.portal.health.Liveness;
import network.cortensor.portal.health.Rotation;
import network.cortensor.portal.health.TargetHealth;
import network.cortensor.portal.health.TargetHealth.FailureSeen;
import network.cortensor.portal.health.TargetHealth.Latest;
import network.cortensor.portal.health.TargetHealth.Run;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.PoolTimes;
import network.cortensor.portal.model.Session;
import network.cortensor.portal.model.SpecialTokens;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Evidence as an item that a person can read: words, numbers and times, nothing nested. What is absent or cannot be read counts as not
 * seen, so that an item that somebody spoiled by hand is evidence of less, and is whole again after the next write. A time or a number can be read and
 * still be no honest one: see {@link TargetHealth#believable}.
 */
final class HealthItems {
    /** More than were ever written: a version a millisecond for 30 million years. */
    private static final BigDecimal VERSIONS = BigDecimal.TEN.pow(18);

    /** More failures, passes or ejections in a row than this were written by hand; it leaves room to count on. */
    private static final int MOST_COUNTED = 1_000_000;

    /** No request lasts longer. An average above it was written by hand, and would go down by a fifth with each request only. */
    private static final Duration LONGEST_FIRST_TOKEN = PoolTimes.LONGEST_TOTAL;

    /** Before and after these nothing was or will be seen, and times can still be reckoned with. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /**
     * How long after the last that was seen of a target its item is kept, as {@code expiresAt} tells DynamoDB: a target that is probed is seen every
     * half hour, and nobody misses evidence about one that was deleted, or paused for a month.
     */
    private static final Duration KEPT = Duration.ofDays(30);

    private HealthItems() {}

    static Map<String, ItemValue> format(TargetHealth health) {
        Map<String, ItemValue> item = new LinkedHashMap<>();
        item.put("version", ItemValue.of(health.version()));
        item.put("router", ItemValue.of(health.session().router()));
        item.put("session", ItemValue.of(health.session().id()));
        item.put("failuresInRow", ItemValue.of(health.run().failures()));
        item.put("passesInRow", ItemValue.of(health.run().passes()));
        format(health.rotation(), item);
        health.liveness().ifPresent(liveness -> format(liveness, item));
        put(item, "lastSuccess", health.latest().success());
        put(item, "lastDeepProbe", health.latest().deepProbe());
        health.latest().failure().ifPresent(failure -> {
            item.put("lastFailure", ItemValue.of(failure.kind()));
            item.put("lastFailureAt", ItemValue.of(failure.at().toString()));
        });
        health.firstToken().ifPresent(time -> item.put("firstTokenMillis", ItemValue.of(time.toMillis())));
        if (health.specialTokens() != SpecialTokens.UNKNOWN) {
            item.put("specialTokens", ItemValue.of(health.specialTokens().word()));
        }
        put(item, "limitedUntil", health.latest().limitedUntil());
        put(item, "drained", health.drained());
        latest(health)
                .ifPresent(
                        at -> item.put("expiresAt", ItemValue.of(at.plus(KEPT).getEpochSecond())));
        return item;
    }

    /** When anything was seen of the target last. */
    private static Optional<Instant> latest(TargetHealth health) {
        return Stream.of(
                        health.latest().success(),
                        health.latest().deepProbe(),
                        health.latest().failure().map(FailureSeen::at),
                        health.liveness().map(LastLiveness::since),
                        health.drained())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    private static void format(Rotation rotation, Map<String, ItemValue> item) {
        switch (rotation) {
            case Rotation.In ignored -> item.put("rotation", ItemValue.of("in"));
            case Rotation.Ejected(int count, Instant until) -> {
                item.put("rotation", ItemValue.of("ejected"));
                item.put("ejections", ItemValue.of(count));
                item.put("ejectedUntil", ItemValue.of(until.toString()));
            }
            case Rotation.Returned(int count, Instant from) -> {
                item.put("rotation", ItemValue.of("returned"));
                item.put("ejections", ItemValue.of(count));
                item.put("returnedFrom", ItemValue.of(from.toString()));
            }
        }
    }

    private static void format(LastLiveness liveness, Map<String, ItemValue> item) {
        item.put("liveness", ItemValue.of(liveness.liveness().word()));
        item.put("livenessSince", ItemValue.of(liveness.since().toString()));
        item.put("badLooksInRow", ItemValue.of(liveness.badInRow()));
        item.put("livenessDisproved", ItemValue.of(liveness.disproved()));
    }

    private static void put(Map<String, ItemValue> item, String name, Optional<Instant> at) {
        at.ifPresent(instant -> item.put(name, ItemValue.of(instant.toString())));
    }

    static TargetHealth parse(Map<String, ItemValue> item) {
        return new TargetHealth(
                new Session(
                        ItemValue.text(item, "router").orElse(""),
                        ItemValue.text(item, "session").orElse("")),
                run(item),
                rotation(item),
                liveness(item),
                new Latest(
                        instant(item, "lastSuccess"),
                        instant(item, "lastDeepProbe"),
                        failure(item),
                        instant(item, "limitedUntil")),
                whole(item, "firstTokenMillis")
                        .map(Duration::ofMillis)
                        .filter(time -> time.compareTo(LONGEST_FIRST_TOKEN) <= 0),
                specialTokens(item),
                instant(item, "drained"),
                version(item));
    }

    private static SpecialTokens specialTokens(Map<String, ItemValue> item) {
        return ItemValue.text(item, "specialTokens")
                .flatMap(text -> Arrays.stream(SpecialTokens.values())
                        .filter(known -> known.word().equals(text))
                        .findFirst())
                .orElse(SpecialTokens.UNKNOWN);
    }

    /**
     * The version that the next write expects: rounded down, because {@link #isVersion} accepts every number from it to the next; 0 where there is
     * no number from 1 to {@link #VERSIONS}.
     */
    private static long version(Map<String, ItemValue> item) {
        return item.get("version") instanceof ItemValue.Decimal(BigDecimal number)
                        && number.compareTo(BigDecimal.ONE) >= 0
                        && number.compareTo(VERSIONS) < 0
                ? number.longValue()
                : 0;
    }

    /** The condition, on {@code #version}, under which an item still has the version that {@link #parse} read in it. */
    static String isVersion(long version) {
        return version == 0
                ? "NOT attribute_type(#version, :number) OR #version < :next OR #version >= :versions"
                : "#version >= :version AND #version < :next";
    }

    /** The values that the condition speaks of. */
    static Map<String, AttributeValue> versionValues(long version) {
        AttributeValue next = AttributeValue.fromN(Long.toString(version + 1));
        return version == 0
                ? Map.of(
                        ":number",
                        AttributeValue.fromS("N"),
                        ":next",
                        next,
                        ":versions",
                        AttributeValue.fromN(VERSIONS.toPlainString()))
                : Map.of(":version", AttributeValue.fromN(Long.toString(version)), ":next", next);
    }

    private static Run run(Map<String, ItemValue> item) {
        int failures = number(item, "failuresInRow").orElse(0);
        int passes = number(item, "passesInRow").orElse(0);
        return new Run(failures, failures > 0 ? 0 : passes);
    }

    private static Rotation rotation(Map<String, ItemValue> item) {
        int count = Math.max(1, number(item, "ejections").orElse(1));
        return switch (ItemValue.text(item, "rotation").orElse("")) {
            case "ejected" -> ends(item, "ejectedUntil", until -> new Rotation.Ejected(count, until));
            case "returned" -> ends(item, "returnedFrom", from -> new Rotation.Returned(count, from));
            default -> new Rotation.In();
        };
    }

    private static Rotation ends(Map<String, ItemValue> item, String name, Function<Instant, Rotation> rotation) {
        return instant(item, name).map(rotation).orElseGet(Rotation.In::new);
    }

    private static Optional<LastLiveness> liveness(Map<String, ItemValue> item) {
        Optional<Liveness> word = ItemValue.text(item, "liveness")
                .flatMap(text -> Arrays.stream(Liveness.values())
                        .filter(liveness -> liveness.word().equals(text))
                        .findFirst());
        int bad = Math.min(number(item, "badLooksInRow").orElse(0), HealthFold.FAILURES_TO_EJECT);
        boolean disproved = new ItemValue.Flag(true).equals(item.get("livenessDisproved"));
        return word.flatMap(liveness -> instant(item, "livenessSince")
                .map(since -> new LastLiveness(liveness, since, bad, disproved && liveness.disprovable())));
    }

    private static Optional<FailureSeen> failure(Map<String, ItemValue> item) {
        return ItemValue.text(item, "lastFailure")
                .flatMap(kind -> instant(item, "lastFailureAt").map(at -> new FailureSeen(kind, at)));
    }

    static Optional<Instant> instant(Map<String, ItemValue> item, String name) {
        return ItemValue.text(item, name).flatMap(text -> {
            try {
                return Optional.of(Instant.parse(text)).filter(at -> !at.isBefore(FIRST) && at.isBefore(LAST));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Integer> number(Map<String, ItemValue> item, String name) {
        return whole(item, name).filter(value -> value <= MOST_COUNTED).map(Long::intValue);
    }

    private static Optional<Long> whole(Map<String, ItemValue> item, String name) {
        return item.get(name) instanceof ItemValue.Decimal(BigDecimal number)
                        && number.signum() >= 0
                        && number.stripTrailingZeros().scale() <= 0
                        && number.precision() - number.scale() <= 18
                ? Optional.of(number.longValueExact())
                : Optional.empty();
    }
}
