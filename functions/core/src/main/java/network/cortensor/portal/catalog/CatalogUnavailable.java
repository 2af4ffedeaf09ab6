package network.cortensor.portal.catalog;

/** The tables cannot be read, and what is remembered of them is too old to route by. */
public final class CatalogUnavailable extends Exception {
    public CatalogUnavailable(Throwable cause) {
        super("catalog cannot be read", cause);
    }
}
