package network.cortensor.portal.catalog;

import java.util.List;
import java.util.stream.Stream;

/** The fields of each table's items, beside their keys, in the order in which people want to read them. */
public final class ItemFields {
    /** Who changed an item last, when and why; for people, and no rule reads them. */
    public static final List<String> EDIT = List.of("updatedAt", "updatedBy", "reason");

    public static final List<String> MODEL = withEdit(
            "aka",
            "displayName",
            "family",
            "description",
            "contextLength",
            "maxOutputTokens",
            "endpoints",
            "released",
            "stage",
            "shutdownDate",
            "successor",
            "state",
            "promptFormat",
            "routes",
            "fallbackPools");

    public static final List<String> POOL = withEdit(
            "state",
            "servesModel",
            "streaming",
            "firstTokenSeconds",
            "idleSeconds",
            "attemptSeconds",
            "totalSeconds",
            "queueSeconds",
            "maxAttempts");

    public static final List<String> TARGET = withEdit(
            "routerUrl",
            "protocol",
            "sessionId",
            "apiVersion",
            "sessionForm",
            "upstreamModel",
            "breaksSpecialTokens",
            "bos",
            "specialTokens",
            "capacity",
            "weight",
            "state",
            "sessionExpiresAt");

    private ItemFields() {}

    /** {@code fields}, then those of the edit. */
    public static List<String> withEdit(String... fields) {
        return Stream.concat(Stream.of(fields), EDIT.stream()).toList();
    }
}
