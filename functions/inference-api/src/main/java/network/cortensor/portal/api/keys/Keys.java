package network.cortensor.portal.api.keys;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import network.cortensor.portal.keys.IssuedKeys;
import network.cortensor.portal.keys.IssuedKeys.Expectation;
import network.cortensor.portal.keys.KeyHash;
import network.cortensor.portal.keys.KeyText;
import network.cortensor.portal.keys.KeyVerdict;

/**
 * Tells whose a key is that came with a request. What has not the form of a key of ours, or not its checksum, or is of another environment,
 * is refused without a look-up; of the rest only the hash is looked up. Safe for use by many threads.
 *
 * @param environment whose keys are good here
 */
public record Keys(String environment, IssuedKeys issued) {

    public KeyVerdict check(PresentedKey key) {
        return hash(key).map(issued::find).orElseGet(KeyVerdict.Unknown::new);
    }

    /** What is to be expected of the best of these keys, without reading anything. */
    public Expectation expected(List<PresentedKey> presented) {
        return best(presented, issued::expected);
    }

    /** Looks at these keys and not at their plans, and says what is to be expected of the best. */
    public Expectation readWithoutPlan(List<PresentedKey> presented) {
        return best(presented, issued::readWithoutPlan);
    }

    private Expectation best(List<PresentedKey> presented, Function<KeyHash, Expectation> look) {
        return presented.stream()
                .flatMap(key -> hash(key).stream())
                .map(look)
                .max(Comparator.comparingInt(Keys::hope))
                .orElseGet(Expectation.Bad::new);
    }

    private static int hope(Expectation expected) {
        return switch (expected) {
            case Expectation.Good _ -> 3;
            case Expectation.Nothing _ -> 2;
            case Expectation.Unreadable _ -> 1;
            case Expectation.Bad _ -> 0;
        };
    }

    private Optional<KeyHash> hash(PresentedKey key) {
        return KeyText.read(key.text())
                .filter(text -> text.environment().equals(environment))
                .map(KeyText::hash);
    }
}
