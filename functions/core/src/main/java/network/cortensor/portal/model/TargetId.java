package network.cortensor.portal.model;

import java.util.Comparator;

/** The key of a target: names are unique within a pool only. */
public record TargetId(String pool, String name) {
    /** By pool, then by name. */
    public static final Comparator<TargetId> ORDER =
            Comparator.comparing(TargetId::pool).thenComparing(TargetId::name);

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
