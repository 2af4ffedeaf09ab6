/**
 * What differs between deployments, as values.
 *
 * <p>Start with {@link network.cortensor.portal.infra.environment.Environments}: it is the file that a deployer edits. This package
 * knows nothing of the stacks.
 */
@NullMarked
package network.cortensor.portal.infra.environment;

import org.jspecify.annotations.NullMarked;
