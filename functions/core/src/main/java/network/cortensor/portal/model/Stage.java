package network.cortensor.portal.model;

import java.util.Locale;

/** Where a model stands in its life as a product. Customers see it; only {@link #RETIRED} stops requests. */
public enum Stage {
    PREVIEW,
    AVAILABLE,
    /** Still served, with a shutdown date and a successor to move to. */
    DEPRECATED,
    /** No longer served: requests get 404 {@code model_retired} and the successor's name. */
    RETIRED;

    /** The word in tables, files and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
