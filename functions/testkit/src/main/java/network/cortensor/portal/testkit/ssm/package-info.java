/**
 * SSM Parameter Store as the AWS SDK sees it: the JSON 1.1 protocol over HTTP, in memory, with the failures of the real one on demand.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.ssm.SsmEmulator}. This package knows nothing of what the product keeps in
 * parameters.
 */
@NullMarked
package network.cortensor.portal.testkit.ssm;

import org.jspecify.annotations.NullMarked;
