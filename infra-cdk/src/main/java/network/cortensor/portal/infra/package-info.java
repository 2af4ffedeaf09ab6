/**
 * The CDK app: what one {@code cdk deploy} per environment creates.
 *
 * <p>Start with {@link network.cortensor.portal.infra.Deployment}, which has the two stacks, and
 * {@link network.cortensor.portal.infra.environment.Environments}, where the three environments are written down. Of the product's code
 * it knows the names of metrics and of environment variables, and the packages that functions are deployed from. Synthesis reads no
 * clock, no network and no account: the same source gives the same templates.
 */
@NullMarked
package network.cortensor.portal.infra;

import org.jspecify.annotations.NullMarked;
