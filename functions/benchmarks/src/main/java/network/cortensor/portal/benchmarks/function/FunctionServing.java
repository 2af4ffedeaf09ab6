package network.cortensor.portal.benchmarks.function;

/** How the function is run. */
public sealed interface FunctionServing {
    /** One process of many streams. */
    record OneProcess(int streams) implements FunctionServing {}

    /** Environments of one request at a time, each with caches and clients of its own; here they share a JVM, on Lambda they do not. */
    record Singles(int environments) implements FunctionServing {}

    /** Requests at once. */
    default int atOnce() {
        return switch (this) {
            case OneProcess(int streams) -> streams;
            case Singles(int environments) -> environments;
        };
    }

    /** In words, for a table. */
    default String words() {
        return switch (this) {
            case OneProcess(int streams) -> "one process, " + streams + (streams == 1 ? " stream" : " streams");
            case Singles(int environments) -> environments + " single environments";
        };
    }
}
