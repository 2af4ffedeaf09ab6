package network.cortensor.portal.prompt;

import java.util.Locale;
import java.util.Optional;

/** How much the customer wants the model to reason. */
enum Effort {
    /** The model's own habit. */
    UNSET,
    NONE,
    LOW,
    MEDIUM,
    HIGH;

    /** Unknown words count as unset: the levels differ between the APIs' versions. */
    static Effort of(Optional<String> word) {
        return switch (word.orElse("").toLowerCase(Locale.ROOT)) {
            case "none", "minimal" -> NONE;
            case "low" -> LOW;
            case "medium" -> MEDIUM;
            case "high", "xhigh", "max" -> HIGH;
            default -> UNSET;
        };
    }

    /** Whether reasoning was asked for in so many words. */
    boolean wished() {
        return switch (this) {
            case UNSET, NONE -> false;
            case LOW, MEDIUM, HIGH -> true;
        };
    }
}
