package network.cortensor.portal.catalog;

import static network.cortensor.portal.catalog.ExampleItems.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.TargetId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Items that were broken at random: nothing throws, nothing else changes, and what is broken is named. */
class CorruptionsTest {
    private static final int SEEDS = 600;

    /** No field takes any of these. */
    private static final List<Object> ALWAYS_BAD = List.of(
            "",
            " ",
            "\u0000",
            "half a pair \ud83d",
            "x".repeat(400_000),
            number("-1"),
            number("-0.001"),
            number("1E+125"),
            number("-9.9999999999999999999999999999999999999E+125"),
            number("12345678901234567890123456789012345678"),
            false,
            Map.of(),
            Map.of("pool", Map.of("pool", List.of())),
            List.of(Map.of("pool", "one-pool")),
            List.of(List.of(List.of())),
            Collections.nCopies(10_000, Map.of("pool", "Q", "weight", number("-1"))),
            Thread.State.NEW);

    /** Some fields take some of these. */
    private static final List<Object> OFTEN_BAD = List.of(
            "live",
            "LIVE",
            "unlimited",
            "2026-02-30",
            "https://router.example",
            "\u202eevil",
            number("0"),
            number("0.5"),
            number("1E-130"),
            number("7"),
            number("1E+9"),
            true,
            List.of(),
            List.of("chat", "chat"),
            List.of("one-pool", "one-pool"));

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aBrokenItemLeavesEveryOtherOneAsItWasAndIsNamedWithItsField(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        WholeCatalog.Items items = ExampleItems.of("one", "steady");
        WholeCatalog before = WholeCatalog.of(items);
        Map<String, Damage> damages = new TreeMap<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Damage damage = Damage.random(items, random);
            damages.put(damage.toString(), damage);
        }
        damages.values().forEach(Damage::apply);

        WholeCatalog after = WholeCatalog.of(items);

        assertThat(part(after, "steady")).isEqualTo(part(before, "steady"));
        assertThat(after.aliases()).as("a broken alias is not an unknown one").containsOnlyKeys("one", "steady");
        assertThat(after.pools()).containsOnlyKeys("one-pool", "steady-pool");
        assertThat(after.problems()).allSatisfy(problem -> {
            assertThat(problem.item()).matches("(model one|pool one-pool|target one-pool/..)");
            assertThat(problem.toString()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cntrl}");
        });
        damages.values().stream()
                .filter(Damage::surelyBad)
                .forEach(damage -> assertThat(after.problems())
                        .as(damage.toString())
                        .anySatisfy(problem -> {
                            assertThat(problem.item()).isEqualTo(damage.item());
                            assertThat(problem.field()).startsWith(damage.field());
                        }));
    }

    private static List<Object> part(WholeCatalog catalog, String alias) {
        Map<TargetId, Object> targets = new TreeMap<>(TargetId.ORDER);
        catalog.targets().forEach((id, target) -> {
            if (id.pool().equals(alias + "-pool")) {
                targets.put(id, target);
            }
        });
        return Arrays.asList(catalog.aliases().get(alias), catalog.pools().get(alias + "-pool"), targets);
    }

    /** One value put where another stood. */
    private record Damage(String item, Map<String, ItemValue> fields, String field, Object value) {

        static Damage random(WholeCatalog.Items items, RandomGenerator random) {
            Map<String, ItemValue> model = ExampleItems.model(items, "one");
            Map<String, ItemValue> pool = ExampleItems.pool(items, "one-pool");
            Map<String, Map<String, ItemValue>> targets = ExampleItems.targets(items, "one-pool");
            String item =
                    pick(List.of("model one", "pool one-pool", "target one-pool/r1", "target one-pool/o1"), random);
            Map<String, ItemValue> fields = switch (item) {
                case "model one" -> model;
                case "pool one-pool" -> pool;
                default -> targets.getOrDefault(item.substring(item.indexOf('/') + 1), Map.of());
            };
            List<Object> values = random.nextInt(3) > 0 ? ALWAYS_BAD : OFTEN_BAD;
            return new Damage(
                    item, fields, pick(List.copyOf(new TreeMap<>(fields).keySet()), random), pick(values, random));
        }

        private static <T> T pick(List<T> list, RandomGenerator random) {
            return list.get(random.nextInt(list.size()));
        }

        void apply() {
            fields.put(
                    field, value instanceof Thread.State odd ? new ItemValue.Foreign(odd) : ItemValue.ofPlain(value));
        }

        boolean surelyBad() {
            return ALWAYS_BAD.contains(value) && !hiddenByAnotherProtocol();
        }

        /** Which fields a target needs follows from its protocol: the others are not looked at. */
        private boolean hiddenByAnotherProtocol() {
            List<String> dependent = List.of("sessionId", "apiVersion", "sessionForm", "upstreamModel");
            return dependent.contains(field)
                    && !List.of("cortensor", "openai")
                            .contains(ItemValue.text(fields, "protocol").orElse(""));
        }

        @Override
        public String toString() {
            return item + ": " + field;
        }
    }
}
