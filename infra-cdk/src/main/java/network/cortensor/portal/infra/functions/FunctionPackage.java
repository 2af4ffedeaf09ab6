package network.cortensor.portal.infra.functions;

/** The packages that the Maven build leaves for deployment, by their place in the project's folder. */
public enum FunctionPackage {
    INFERENCE_API(
            "functions/inference-api/target/inference-api.zip",
            "network.cortensor.portal.inference.InferenceMain",
            "main"),
    HEALTH_PROBER(
            "functions/health-prober/target/health-prober.zip",
            "network.cortensor.portal.prober.HealthProber",
            "handleRequest"),
    CATALOG_HISTORY(
            "functions/catalog-history/target/catalog-history.zip",
            "network.cortensor.portal.history.CatalogHistory",
            "handleRequest");

    /** The program in the package of {@link #INFERENCE_API} that Lambda starts in place of its own. */
    public static final String WRAPPER = "bin/portal";

    private final String path;
    private final String entryClass;
    private final String entryMethod;

    FunctionPackage(String path, String entryClass, String entryMethod) {
        this.path = path;
        this.entryClass = entryClass;
        this.entryMethod = entryMethod;
    }

    public String path() {
        return path;
    }

    public String entryClass() {
        return entryClass;
    }

    public String entryMethod() {
        return entryMethod;
    }

    /** What Lambda is told; for {@link #INFERENCE_API}, whose wrapper starts the class itself, only people read it. */
    public String handler() {
        return entryClass + "::" + entryMethod;
    }
}
