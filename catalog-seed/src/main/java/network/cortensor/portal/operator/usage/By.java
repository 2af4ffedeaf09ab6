package network.cortensor.portal.operator.usage;

import java.util.Locale;
import java.util.Optional;

/** What usage may be summed by. */
enum By {
    DAY,
    CUSTOMER,
    KEY,
    ALIAS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it is of one use; empty if that does not say. */
    Optional<String> of(UsageRow use) {
        return switch (this) {
            case DAY -> Optional.of(use.day().toString());
            case CUSTOMER -> Optional.of(use.customer());
            case KEY -> Optional.of(use.keyId());
            case ALIAS -> use.alias();
        };
    }
}
