/**
 * Speaking with routers: one call is one attempt on one fresh connection.
 *
 * <p>Start with {@link network.cortensor.portal.router.Router} and {@link network.cortensor.portal.router.RouterCall}, then {@link
 * network.cortensor.portal.router.Routers}, which puts the pieces together, and {@link network.cortensor.portal.router.Dialect}, of which
 * there is one per protocol. This package knows {@code model}, {@code completion}, {@code prompt} and {@code wire}; it knows nothing of
 * pools, slots, customers or tables.
 */
@NullMarked
package network.cortensor.portal.router;

import org.jspecify.annotations.NullMarked;
