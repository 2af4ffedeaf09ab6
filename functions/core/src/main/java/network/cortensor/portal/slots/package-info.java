/**
 * The right to have one request in flight on a session.
 *
 * <p>Start with {@link network.cortensor.portal.slots.Slots}, where the protocol is written down. This package knows {@code model} and a
 * port to a table; it knows nothing of pools, aliases or customers.
 */
@NullMarked
package network.cortensor.portal.slots;

import org.jspecify.annotations.NullMarked;
