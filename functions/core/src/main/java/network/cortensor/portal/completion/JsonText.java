package network.cortensor.portal.completion;

/**
 * A JSON value of the customer's that is checked for its form only and passed through to servers that understand it.
 *
 * @param text well-formed JSON, written by us from the parsed value
 */
public record JsonText(String text) {
    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "JsonText[" + text.length() + " characters]";
    }
}
