package network.cortensor.portal.operator.console;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;

/** Where a command reads and writes. For one thread. */
public interface Terminal {
    /** Results. */
    PrintWriter out();

    /** Everything else: questions, progress, errors. */
    PrintWriter err();

    /** What is typed or piped in. */
    InputStream in();

    /** How wide {@link #out} is just now, in columns; empty if it is no terminal. */
    OptionalInt columns();

    /** How wide {@link #err} is just now, in columns; empty if it is no terminal. */
    OptionalInt errorColumns();

    /** Whether what is a terminal here obeys what moves its cursor, colours text and clears it. */
    boolean obeys();

    /** Whether an operator sits there who can be asked. */
    boolean interactive();

    /** A line that is typed; empty at the end of the input. */
    Optional<String> answer();

    /** A line that is typed unseen; empty at the end of the input, or if nobody sits there. */
    Optional<String> secret();
}
