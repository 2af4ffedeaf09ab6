/**
 * What is remembered of what was read: for how long it is fresh, what is used while reading fails, and a catalog that is put together from
 * it.
 *
 * <p>Start with {@link network.cortensor.portal.memory.RememberedCatalog}; {@link network.cortensor.portal.memory.Remembered} is the rule
 * itself. This package knows the catalog, health, keys and the model. It knows no table, no Parameter Store and no SDK.
 */
@NullMarked
package network.cortensor.portal.memory;

import org.jspecify.annotations.NullMarked;
