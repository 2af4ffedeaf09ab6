package network.cortensor.portal.infra.environment;

/**
 * One deployment of the product. Account and region are not in it: they are those of the credentials that deploy.
 *
 * @param name as {@code -c environment=} and the paths of router credentials have it
 */
public record Environment(
        String name, Keeping keeping, Sizes sizes, Customers customers, Routers routers, Alerting alerting) {
    public Environment {
        if (!name.matches("[a-z][a-z0-9]{1,15}")) {
            throw new BadDeployment("environment: " + name + " (expected: 2 to 16 small letters and digits)");
        }
    }

    /** Where all SSM parameters of this deployment are. */
    public String parameterPath() {
        return "/portal/" + name;
    }
}
