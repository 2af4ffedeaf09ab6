/**
 * Evidence about targets without a table.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.health.MemoryHealth}. This package knows {@code health} and {@code model} only.
 */
@NullMarked
package network.cortensor.portal.testkit.health;

import org.jspecify.annotations.NullMarked;
