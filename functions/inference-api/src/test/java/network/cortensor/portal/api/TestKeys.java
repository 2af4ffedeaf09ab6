package network.cortensor.portal.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import network.cortensor.portal.keys.AllowedModels;
import network.cortensor.portal.keys.Customer;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;
import network.cortensor.portal.keys.Limits;
import network.cortensor.portal.keys.Plan;

/** Keys of the environment {@code local}, and who holds them. */
final class TestKeys {
    /** The one of the event files. */
    static final String GOOD = "ctk_local_ExampleExampleExampleExampleExampleExampleE_4NfFOS";

    /** Another customer's. */
    static final String OTHER = make("local", 1);

    /** May use {@link Fixtures#WITH_TOOLS} only. */
    static final String NARROW = make("local", 2);

    /** Well-formed, and nobody's. */
    static final String WRONG = make("local", 3);

    static final String OF_ANOTHER_ENVIRONMENT = make("prod", 4);

    private static final Plan PLAN = new Plan("test", Limits.NONE, Limits.NONE);

    private static final Map<KeyHash, Customer> HOLDERS = Map.of(
            hash(GOOD), new Customer("key-good", "acme", PLAN, new AllowedModels.All()),
            hash(OTHER), new Customer("key-other", "other", PLAN, new AllowedModels.All()),
            hash(NARROW), new Customer("key-narrow", "acme", PLAN, new AllowedModels.Only(Set.of(Fixtures.WITH_TOOLS))),
            hash(OF_ANOTHER_ENVIRONMENT), new Customer("key-prod", "acme", PLAN, new AllowedModels.All()));

    private TestKeys() {}

    static KeyVerdict find(KeyHash hash) {
        return Optional.ofNullable(HOLDERS.get(hash))
                .<KeyVerdict>map(KeyVerdict.Known::new)
                .orElseGet(KeyVerdict.Unknown::new);
    }

    private static String make(String environment, long seed) {
        return KeyText.make(
                        environment,
                        RandomGeneratorFactory.of("L64X128MixRandom").create(seed))
                .reveal();
    }

    private static KeyHash hash(String text) {
        return KeyText.read(text).orElseThrow().hash();
    }
}
