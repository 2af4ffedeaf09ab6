package network.cortensor.portal.benchmarks.machine;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import network.cortensor.portal.aws.AwsClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** Tells a local product that the simulated routers of this machine want no key. */
public final class NoRouterKeys {
    private NoRouterKeys() {}

    /**
     * @param parameters where the product's Parameter Store is
     * @param routers as the catalog has them, with a port
     */
    public static void register(URI parameters, List<URI> routers) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        try (SsmClient client = AwsClients.forPeople("us-east-1", credentials).ssm(Optional.of(parameters))) {
            routers.forEach(router -> client.putParameter(
                    put -> put.name("/portal/local/routers/" + router.getHost() + "_" + router.getPort() + "/key")
                            .type(ParameterType.SECURE_STRING)
                            .value("none")));
        }
    }
}
