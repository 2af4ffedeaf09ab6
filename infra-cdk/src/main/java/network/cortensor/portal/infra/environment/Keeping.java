package network.cortensor.portal.infra.environment;

import software.amazon.awscdk.services.logs.RetentionDays;

/** How long things stay. */
public record Keeping(Tables tables, RetentionDays logs) {
    /** What happens to a table, and to logs, whose stack is deleted. */
    public enum Tables {
        /** Deleted with it. */
        DISPOSABLE,
        /** Stays, and is protected from deletion by hand. */
        KEPT
    }

    public boolean isForGood() {
        return tables == Tables.KEPT;
    }
}
