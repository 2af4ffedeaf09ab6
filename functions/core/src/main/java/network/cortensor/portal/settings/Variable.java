package network.cortensor.portal.settings;

/** Every environment variable that a function of ours reads. Infrastructure sets exactly those that a function declares. */
public enum Variable {
    ENVIRONMENT("PORTAL_ENVIRONMENT", "the environment's name, such as dev"),
    TABLE_MODELS("PORTAL_TABLE_MODELS", "the name of a table"),
    TABLE_POOLS("PORTAL_TABLE_POOLS", "the name of a table"),
    TABLE_TARGETS("PORTAL_TABLE_TARGETS", "the name of a table"),
    TABLE_TARGET_HEALTH("PORTAL_TABLE_TARGET_HEALTH", "the name of a table"),
    TABLE_SESSION_SLOTS("PORTAL_TABLE_SESSION_SLOTS", "the name of a table"),
    TABLE_CATALOG_HISTORY("PORTAL_TABLE_CATALOG_HISTORY", "the name of a table"),
    TABLE_API_KEYS("PORTAL_TABLE_API_KEYS", "the name of a table"),
    TABLE_USAGE("PORTAL_TABLE_USAGE", "the name of a table"),
    ROUTER_HOSTS("PORTAL_ROUTER_HOSTS", "host names that routers may have, separated by commas"),
    PLAIN_HTTP_HOSTS("PORTAL_PLAIN_HTTP_HOSTS", "those of them that may be spoken to without TLS, or \"none\""),
    MODELS_OPEN("PORTAL_MODELS_OPEN", "true if GET /v1/models needs no key, else false"),
    DEEP_PROBES_PER_TICK("PORTAL_DEEP_PROBES_PER_TICK", "a whole number"),
    /** Set by Lambda itself, as are those that follow. */
    REGION("AWS_REGION", "an AWS region"),
    FUNCTION("AWS_LAMBDA_FUNCTION_NAME", "the name of the function"),
    VERSION("AWS_LAMBDA_FUNCTION_VERSION", "the version of the function, as Lambda numbers it");

    private final String key;
    private final String expectation;

    Variable(String key, String expectation) {
        this.key = key;
        this.expectation = expectation;
    }

    /** The name in the environment. */
    public String key() {
        return key;
    }

    public String expectation() {
        return expectation;
    }

    /** Whether the deployment sets it; the rest comes from the platform. */
    public boolean setByDeployment() {
        return this != REGION && this != FUNCTION && this != VERSION;
    }
}
