package network.cortensor.portal.completion;

/** Whether the arguments of a call fit the schema of its function. Asked about strict functions only. Safe for use by many threads. */
@FunctionalInterface
public interface ArgumentCheck {
    /** Where no function is strict. */
    ArgumentCheck ANY = (function, arguments) -> true;

    /** @param arguments a JSON object */
    boolean fit(String function, JsonText arguments);
}
