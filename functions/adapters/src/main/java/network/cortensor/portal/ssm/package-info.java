/**
 * Routers' keys in SSM Parameter Store.
 *
 * <p>Start with {@link network.cortensor.portal.ssm.SsmRouterKeys}. This package knows {@code router}'s port, {@code memory} and the AWS SDK.
 */
@NullMarked
package network.cortensor.portal.ssm;

import org.jspecify.annotations.NullMarked;
