/**
 * The values of items: what tables, catalog files and rules have in common.
 *
 * <p>Start with {@link network.cortensor.portal.item.ItemValue}. This package knows the JDK only; {@code dynamo} turns values into the SDK's
 * and back.
 */
@NullMarked
package network.cortensor.portal.item;

import org.jspecify.annotations.NullMarked;
