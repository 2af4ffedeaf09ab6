package network.cortensor.portal.infra.functions;

/** The packages that the Maven build leaves for deployment, by their place in the project's folder. */
public enum FunctionPackage {
    INFERENCE_API(
            "functions/inference-api/target/inference-api.zip", "network.cortensor.portal.inference.InferenceMain"),
    HEALTH_PROBER(
            "functions/health-prober/target/health-prober.zip",
            "network.cortensor.portal.prober.HealthProber::handleRequest"),
    CATALOG_HISTORY(
            "functions/catalog-history/target/catalog-history.zip",
            "network.cortensor.portal.history.CatalogHistory::handleRequest");

    /** The program in the package of {@link #INFERENCE_API} that Lambda starts in place of its own. */
    public static final String WRAPPER = "bin/portal";

    private final String path;
    private final String handler;

    FunctionPackage(String path, String handler) {
        this.path = path;
        this.handler = handler;
    }

    public String path() {
        return path;
    }

    /** What Lambda is told; for {@link #INFERENCE_API}, which brings its own loop, only people read it. */
    public String handler() {
        return handler;
    }
}
