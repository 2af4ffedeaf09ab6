package network.cortensor.portal.infra.environment;

import network.cortensor.portal.model.EnvironmentName;

/**
 * One deployment of the product. Account and region are not in it: they are those of the credentials that deploy.
 *
 * @param name as {@code -c environment=} and the paths of router credentials have it
 */
public record Environment(
        String name,
        Keeping keeping,
        Sizes sizes,
        Serving serving,
        CustomerAccess customers,
        AllowedRouters routers,
        Alerting alerting) {
    public Environment {
        if (!EnvironmentName.isOne(name)) {
            throw new BadDeployment("environment: " + name + " (expected: " + EnvironmentName.EXPECTED + ")");
        }
        serving.fleet().ifPresent(fleet -> requireGuarded(fleet, alerting));
    }

    /** A fleet is bounded by its cores, not by an alarm: it must not be able to cost what nobody wants to pay. */
    private static void requireGuarded(Serving.Fleet fleet, Alerting alerting) {
        if (fleet.mostDollarsPerHour() > alerting.dollarsPerHour()) {
            throw new BadDeployment(
                    "fleet: %d cores cost up to %.2f dollars an hour (expected: at most the %d of alerting)"
                            .formatted(fleet.cores(), fleet.mostDollarsPerHour(), alerting.dollarsPerHour()));
        }
    }

    /** Where all SSM parameters of this deployment are. */
    public String parameterPath() {
        return "/portal/" + name;
    }
}
