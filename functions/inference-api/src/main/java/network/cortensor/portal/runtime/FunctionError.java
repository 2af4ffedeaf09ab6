package network.cortensor.portal.runtime;

import java.nio.charset.StandardCharsets;

/**
 * What Lambda, and with it everybody who reads its logs and metrics, learns of a failure: the name of an exception's class and a fixed
 * sentence. Messages and stack traces may hold what a customer wrote.
 *
 * @param type {@code Function.Xxx} for what the function did, {@code Runtime.Xxx} for what this loop did, letters only: Lambda records any
 *     other form as {@code Runtime.Unknown}
 */
record FunctionError(String type) {
    private static final String MESSAGE = "The function failed. Its own log says why.";

    static FunctionError of(Throwable thrown) {
        String source = thrown instanceof NoAnswer ? "Runtime." : "Function.";
        return new FunctionError(source + name(thrown.getClass().getName()));
    }

    /** A class name may hold any letter, an error type may not. */
    private static String name(String className) {
        String letters = className.substring(className.lastIndexOf('.') + 1).replaceAll("[^A-Za-z]", "");
        if (letters.length() < 2) {
            return "Unnamed";
        }
        return Character.toUpperCase(letters.charAt(0)) + letters.substring(1);
    }

    byte[] json() {
        String json = "{\"errorMessage\":\"" + MESSAGE + "\",\"errorType\":\"" + type + "\",\"stackTrace\":[]}";
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
