/**
 * Speaking with routers: one call is one attempt on one fresh connection.
 *
 * <p>Start with {@link network.cortensor.portal.router.Router} and {@link network.cortensor.portal.router.RouterCall}. This package
 * knows {@code model}, {@code completion} and {@code prompt}; it knows nothing of pools, slots, customers or tables.
 */
@NullMarked
package network.cortensor.portal.router;

import org.jspecify.annotations.NullMarked;
