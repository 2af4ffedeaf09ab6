package network.cortensor.portal.api.http;

import java.util.Locale;

/** What stands between the customer and the function. Both behave alike. */
public enum Front {
    REST_API,
    FUNCTION_URL;

    /** The word in log lines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
