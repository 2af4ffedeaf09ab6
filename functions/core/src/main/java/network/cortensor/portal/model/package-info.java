/**
 * The words of the product as values: alias, pool, target, route, states, failure.
 *
 * <p>Start with {@link network.cortensor.portal.model.ModelAlias}, then follow its routes to {@link
 * network.cortensor.portal.model.Pool} and {@link network.cortensor.portal.model.Target}. This package knows the JDK only.
 */
@NullMarked
package network.cortensor.portal.model;

import org.jspecify.annotations.NullMarked;
