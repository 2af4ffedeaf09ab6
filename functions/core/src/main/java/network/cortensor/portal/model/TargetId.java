package network.cortensor.portal.model;

/** The key of a target: names are unique within a pool only. */
public record TargetId(String pool, String name) {
    public TargetId {
        Names.require("pool", pool);
        Names.require("target", name);
    }

    /** {@code pool/name}, as operators write it. */
    @Override
    public String toString() {
        return pool + "/" + name;
    }
}
