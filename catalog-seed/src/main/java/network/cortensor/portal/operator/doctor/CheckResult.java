package network.cortensor.portal.operator.doctor;

import java.util.Locale;

/**
 * What a check came to.
 *
 * @param what was checked
 * @param said what was found
 * @param todo what to do about it; empty if nothing
 */
record CheckResult(Grade grade, String what, String said, String todo) {
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

    static CheckResult ok(String what, String said) {
        return new CheckResult(Grade.OK, what, said, "");
    }

    static CheckResult skipped(String what, String why) {
        return new CheckResult(Grade.SKIPPED, what, why, "");
    }

    static CheckResult warning(String what, String said, String todo) {
        return new CheckResult(Grade.WARNING, what, said, todo);
    }

    static CheckResult bad(String what, String said, String todo) {
        return new CheckResult(Grade.BAD, what, said, todo);
    }
}
