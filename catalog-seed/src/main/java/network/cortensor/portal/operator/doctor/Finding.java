package network.cortensor.portal.operator.doctor;

import java.util.Locale;

/**
 * What a check came to.
 *
 * @param what was checked
 * @param said what was found
 * @param todo what to do about it; empty if nothing
 */
record Finding(Grade grade, String what, String said, String todo) {
    enum Grade {
        OK,
        /** It could not be checked here. */
        SKIPPED,
        /** It works, and somebody should look at it. */
        WARNING,
        BAD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String what, String said) {
        return new Finding(Grade.OK, what, said, "");
    }

    static Finding skipped(String what, String why) {
        return new Finding(Grade.SKIPPED, what, why, "");
    }

    static Finding warning(String what, String said, String todo) {
        return new Finding(Grade.WARNING, what, said, todo);
    }

    static Finding bad(String what, String said, String todo) {
        return new Finding(Grade.BAD, what, said, todo);
    }
}
