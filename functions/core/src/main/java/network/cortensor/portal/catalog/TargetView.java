package network.cortensor.portal.catalog;

import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.health.Standing;
import network.cortensor.portal.model.Target;

/**
 * A target with its standing when the view was made.
 *
 * @param firstToken moving average of the time to the first token, where it was observed
 */
public record TargetView(Target target, Standing standing, Optional<Duration> firstToken) {}
