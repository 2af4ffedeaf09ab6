package network.cortensor.portal.operator.frame;

import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** What is said of a write that AWS refused, or did not answer: how much of it has happened for sure, and whether more may have. */
public final class Unconfirmed {
    private Unconfirmed() {}

    /**
     * The end of a command in the middle of its writes.
     *
     * @param exception from the write that was the last
     * @param written how many of the changes had been written before
     * @param all how many there are
     * @param next what an operator does then, such as {@code repeat the command}
     */
    public static CommandStopped of(SdkException exception, long written, long all, String next) {
        String sure = written == 0 ? "nothing" : "only " + written + " of " + all;
        String line = AwsWords.refused(exception)
                ? "so " + sure + " was written (expected: " + next + ")"
                : (written == 0 ? "" : written + " of " + all + " are written, and ")
                        + "whether the last write happened is not known (expected: " + next + ")";
        return new CommandStopped(ExitCode.AWS, List.of(AwsWords.of(exception), line));
    }
}
