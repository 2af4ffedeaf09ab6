/**
 * The rules for items of the table ApiKeys, which operators may edit by hand: keys, and beside them the plans.
 *
 * <p>Start with {@link network.cortensor.portal.keys.items.KeyItems} and {@link network.cortensor.portal.keys.items.PlanItems}. This
 * package knows no table; how fields are read is the catalog's way. One rule is stricter than there: where the default of a bad field would open
 * more than its author meant, the item does not count at all.
 */
@NullMarked
package network.cortensor.portal.keys.items;

import org.jspecify.annotations.NullMarked;
