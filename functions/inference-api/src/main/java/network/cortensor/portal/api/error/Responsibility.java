package network.cortensor.portal.api.error;

/** Who must do something about an error. A release is judged by {@link #OURS} alone, because only these can be a new version's doing. */
public enum Responsibility {
    /** The request is not one that can be served. */
    CUSTOMER,
    /** Operators closed the model, or it has too few sessions for what is asked of it. */
    CAPACITY,
    /** No router brought a whole answer. */
    ROUTERS,
    /** A bug of ours, or tables, keys or credentials that cannot be read. */
    OURS
}
