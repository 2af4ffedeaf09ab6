/**
 * Clients of AWS with the bounds that their users can bear.
 *
 * <p>Start with {@link network.cortensor.portal.aws.AwsClients}. This package knows the AWS SDK, and nothing of what is read or written.
 */
@NullMarked
package network.cortensor.portal.aws;

import org.jspecify.annotations.NullMarked;
