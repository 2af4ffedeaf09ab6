package network.cortensor.portal.runtime;

import java.nio.charset.StandardCharsets;

/**
 * What Lambda, and with it everybody who reads its logs and metrics, learns of a failure: the name of an exception's class and a fixed
 * sentence. Messages and stack traces may hold what a customer wrote.
 */
record FunctionError(String type) {
    private static final String MESSAGE = "The function failed. Its own log says why.";

    static FunctionError of(Throwable thrown) {
        String name = thrown.getClass().getName();
        String simple = name.substring(name.lastIndexOf('.') + 1);
        // A class name may hold any letter, a header may not.
        return new FunctionError(simple.replaceAll("[^A-Za-z0-9_$]", "_"));
    }

    byte[] json() {
        String json = "{\"errorMessage\":\"" + MESSAGE + "\",\"errorType\":\"" + type + "\",\"stackTrace\":[]}";
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
