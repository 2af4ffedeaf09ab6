package network.cortensor.portal.operator.frame;

import java.net.URI;
import java.util.Optional;

/** Addresses of AWS's services, where they are not the region's own. */
public record AwsEndpoints(Optional<URI> dynamo, Optional<URI> ssm, Optional<URI> lambda, Optional<URI> logs) {}
