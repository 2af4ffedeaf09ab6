package network.cortensor.portal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static String key(long seed) {
        return KeyText.make("prod", random(seed)).reveal();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsMadeIsRead(long seed) {
        KeyText made = KeyText.make("prod", random(seed));

        KeyText read = KeyText.read(made.reveal()).orElseThrow();

        assertThat(made.reveal()).matches("ctk_prod_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}");
        assertThat(read.environment()).isEqualTo("prod");
        assertThat(read.hash()).isEqualTo(made.hash());
    }

    /** Computed by another program: keys must stay readable for as long as anybody holds one. */
    @Test
    void theFormIsFixedForEver() {
        String body = "ctk_prod_ExampleExampleExampleExampleExampleExampleE_";

        assertThat(KeyText.read(body + "0J6koh")).isPresent();
        assertThat(KeyText.read(body + "0J6koi")).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyWrongCharacterIsFound(long seed) {
        String key = key(seed);
        for (int at = 0; at < key.length(); at++) {
            for (char digit : (DIGITS + "_- ").toCharArray()) {
                String wrong = key.substring(0, at) + digit + key.substring(at + 1);
                assertThat(KeyText.read(wrong).isPresent()).as(wrong).isEqualTo(wrong.equals(key));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everySwapOfNeighboursAndEveryLostOrDoubledCharacterIsFound(long seed) {
        String key = key(seed);
        for (int at = 0; at + 1 < key.length(); at++) {
            String swapped = key.substring(0, at) + key.charAt(at + 1) + key.charAt(at) + key.substring(at + 2);
            assertThat(KeyText.read(swapped).isPresent()).as(swapped).isEqualTo(swapped.equals(key));
            assertThat(KeyText.read(key.substring(0, at) + key.substring(at + 1)))
                    .isEmpty();
            assertThat(KeyText.read(key.substring(0, at) + key.charAt(at) + key.substring(at)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ctk",
                "ctk_prod",
                "ctk_prod__",
                "sk-proj-0123456789012345678901234567890123456789012",
                "ctk_PROD_0123456789012345678901234567890123456789012_000000",
                "ctk__0123456789012345678901234567890123456789012_000000",
                "ctk_prod_0123456789012345678901234567890123456789012_000000\n"
            })
    void whatHasNotTheFormIsNoKey(String text) {
        assertThat(KeyText.read(text)).isEmpty();
    }

    static Stream<Arguments> environments() {
        return Stream.of("", "Prod", "pro_d", "p", "1prod", "p".repeat(17), "prod-2")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("environments")
    void anEnvironmentThatDoesNotFitIsRefused(String environment) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyText.make(environment, random(1)))
                .withMessageContaining("expected: 2 to 16 small letters and digits, the first a letter");
    }

    @Test
    void everyDigitIsUsedInEveryPlace() {
        RandomGenerator random = random(7);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            String part =
                    KeyText.make("prod", random).reveal().substring("ctk_prod_".length(), "ctk_prod_".length() + 43);
            for (int at = 0; at < part.length(); at++) {
                seen.add(at + ":" + part.charAt(at));
            }
        }
        assertThat(seen).hasSize(43 * 62);
    }

    /** By the command line: {@code printf %s abc | sha256sum}. */
    @Test
    void theHashIsTheWholeTextsSha256() {
        assertThat(KeyHash.of("abc").hex())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void noTextIsShownByAccident() {
        KeyText key = KeyText.make("prod", random(1));

        assertThat("key: " + key).isEqualTo("key: KeyText[hidden]");
    }
}
