package network.cortensor.portal.smoke;

/** What one check came to, in words for the person who deploys. */
public sealed interface Finding {
    String check();

    String detail();

    /** As it should be. */
    record Good(String check, String detail) implements Finding {}

    /** The deployment must not be given to customers. */
    record Bad(String check, String detail) implements Finding {}

    /** Nothing to check: the front does not offer it. */
    record NotOffered(String check, String detail) implements Finding {}

    /** One line. */
    default String line() {
        String word = switch (this) {
            case Good _ -> "ok";
            case Bad _ -> "FAIL";
            case NotOffered _ -> "-";
        };
        return "%-4s  %-31s  %s".formatted(word, check(), detail());
    }
}
