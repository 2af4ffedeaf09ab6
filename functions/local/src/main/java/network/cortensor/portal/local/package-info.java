/**
 * The whole product in one process, on a developer's machine: real function code, emulated AWS, simulated routers.
 *
 * <p>Start with {@link network.cortensor.portal.local.LocalPortal}. Nothing of the product may depend on this package.
 */
@NullMarked
package network.cortensor.portal.local;

import org.jspecify.annotations.NullMarked;
