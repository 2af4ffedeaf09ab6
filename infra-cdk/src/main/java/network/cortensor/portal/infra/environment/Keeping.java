package network.cortensor.portal.infra.environment;

import software.amazon.awscdk.RemovalPolicy;
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

    /**
     * What becomes of a table that its stack gives up. A kept one stays even if the very operation that made it fails: it is protected from
     * deletion, so that an attempt to take it back would leave the stack in a state out of which only people can help it.
     */
    public RemovalPolicy ofTables() {
        return isForGood() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    }

    /** What becomes of logs. Those of a stack that never came to be hold nothing, and would only lie about. */
    public RemovalPolicy ofLogs() {
        return isForGood() ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }
}
