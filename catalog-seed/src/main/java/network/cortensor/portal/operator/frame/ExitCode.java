package network.cortensor.portal.operator.frame;

/** How a command ended, as scripts see it. The numbers are a promise. */
public enum ExitCode {
    DONE(0, "done, or nothing to do"),
    FOUND(
            1,
            "something is not as it should be: items have errors, the tables differ from the file, a target failed its"
                    + " probe"),
    USAGE(2, "the command, its options or the environment are not as expected"),
    AWS(3, "AWS refused or did not answer; where a write may have happened all the same, the message says so"),
    CONFLICT(4, "somebody else has changed an item meanwhile; nothing of theirs was overwritten"),
    REFUSED(5, "not confirmed, or dangerous without --force; nothing was written"),
    FAULT(70, "a fault of portalctl itself");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
