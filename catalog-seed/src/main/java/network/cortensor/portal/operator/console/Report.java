package network.cortensor.portal.operator.console;

/** What a command found out, for people and for programs alike. */
public interface Report {
    /** Writes it for people. */
    void print(Console console);

    /**
     * The same for programs: maps, lists, texts, numbers, booleans and nulls. Its keys are a promise; new ones may be added, none may change.
     */
    Object json();
}
