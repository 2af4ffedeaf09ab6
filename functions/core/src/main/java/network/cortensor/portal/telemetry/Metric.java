package network.cortensor.portal.telemetry;

/** Every metric that the product emits, with its CloudWatch name and unit. Alarms and dashboards are checked against this list. */
public enum Metric {
    REQUESTS("Requests", Unit.COUNT),
    ERRORS("Errors", Unit.COUNT),
    /** Requests that ended in a failure of our own making: a bug, or tables, keys or credentials that cannot be read. */
    OWN_FAILURES("OwnFailures", Unit.COUNT),
    /** Requests that ended because no router brought a whole answer. */
    ROUTER_FAILURES("RouterFailures", Unit.COUNT),
    LIMIT_REFUSALS("LimitRefusals", Unit.COUNT),
    UNSETTLED("Unsettled", Unit.COUNT),
    FIRST_TOKEN_TIME("FirstTokenTime", Unit.MILLISECONDS),
    TOTAL_TIME("TotalTime", Unit.MILLISECONDS),
    /** Answers from a pool that serves another model than the one asked for. */
    OTHER_MODEL("OtherModelAnswers", Unit.COUNT),
    QUEUE_WAIT("QueueWait", Unit.MILLISECONDS),
    ATTEMPTS("Attempts", Unit.COUNT),
    ATTEMPT_FAILURES("AttemptFailures", Unit.COUNT),
    /** Attempts and looks of the prober that could not be made because the router's credential is missing or cannot be read. */
    MISSING_CREDENTIALS("MissingCredentials", Unit.COUNT),
    SLOTS_BUSY("SlotsBusy", Unit.COUNT),
    SLOTS_SHARE("SlotsBusyShare", Unit.PERCENT),
    TARGETS_IN_ROTATION("TargetsInRotation", Unit.COUNT),
    TARGETS_EJECTED("TargetsEjected", Unit.COUNT),
    POOLS_ALL_EJECTED("PoolsAllEjected", Unit.COUNT),
    CATALOG_AGE("CatalogAge", Unit.MILLISECONDS),
    FAIL_OPEN("FailOpen", Unit.COUNT),
    PROBES("Probes", Unit.COUNT),
    PROBE_FAILURES("ProbeFailures", Unit.COUNT),
    TICKS("Ticks", Unit.COUNT),
    FROZEN_TICKS("FrozenTicks", Unit.COUNT),
    STALE_HEALTH("StaleHealth", Unit.COUNT),
    /** Sessions that somebody else seems to use, by what their routers say. */
    FOREIGN_SESSIONS("ForeignSessions", Unit.COUNT),
    BAD_ITEMS("BadItems", Unit.COUNT),
    CATALOG_CHANGES("CatalogChanges", Unit.COUNT);

    private final String cloudWatchName;
    private final Unit unit;

    Metric(String cloudWatchName, Unit unit) {
        this.cloudWatchName = cloudWatchName;
        this.unit = unit;
    }

    public String cloudWatchName() {
        return cloudWatchName;
    }

    public Unit unit() {
        return unit;
    }

    /**
     * Whether the metric is kept once more by the version of the function that emits it, so that a release can be judged by what its own
     * version does. Each such metric costs one more series per version and hour in which the version runs.
     */
    public boolean keptByVersion() {
        return this == REQUESTS || this == OWN_FAILURES;
    }

    /** CloudWatch's units, as it spells them. */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        PERCENT("Percent");

        private final String cloudWatchName;

        Unit(String cloudWatchName) {
            this.cloudWatchName = cloudWatchName;
        }

        public String cloudWatchName() {
            return cloudWatchName;
        }
    }
}
