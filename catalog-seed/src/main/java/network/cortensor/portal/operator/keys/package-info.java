/**
 * The operators' commands on customers' keys and plans.
 *
 * <p>Start with {@link network.cortensor.portal.operator.keys.KeyRegister}, which makes, revokes and rotates keys in the table, and {@link
 * network.cortensor.portal.operator.keys.PlanRegister}. The commands around them read options and write reports. Rules for items are those
 * of {@code keys.items}; a key's text leaves this package once, in the report of the command that made it.
 */
@NullMarked
package network.cortensor.portal.operator.keys;

import org.jspecify.annotations.NullMarked;
