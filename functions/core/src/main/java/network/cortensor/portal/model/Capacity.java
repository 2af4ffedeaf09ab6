package network.cortensor.portal.model;

/** How many requests a session may have in flight at once. */
public sealed interface Capacity {
    /** What a Cortensor session bears: two requests at once may answer with each other's text. */
    Capacity ONE = new Slots(1);

    /** @param count of slots, at least 1 */
    record Slots(int count) implements Capacity {
        public Slots {
            if (count < 1) {
                throw new IllegalArgumentException("capacity: " + count + " (expected: >= 1)");
            }
        }
    }

    /** Needs no slot; for OpenAI-compatible servers only, which queue by themselves. */
    record Unlimited() implements Capacity {}
}
