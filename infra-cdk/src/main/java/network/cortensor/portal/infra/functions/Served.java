package network.cortensor.portal.infra.functions;

import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IVersion;

/** A function that fronts can lead to, by its alias. */
public record Served(Function function, Alias alias) {
    /** The version of what is deployed now: what a release brings in. */
    public IVersion newest() {
        return function.getCurrentVersion();
    }
}
