/**
 * How much customers use: limits that hold however many ask at once, and a record of every request.
 *
 * <p>Start with {@link network.cortensor.portal.usage.Ledger}, where the protocol is written down; {@link
 * network.cortensor.portal.usage.Counters} is what it counts with, {@link network.cortensor.portal.usage.Allowance} what limits make of
 * it. This package knows {@code keys}, {@code model} and a port to a table; it knows no pool, target, router or API format.
 */
@NullMarked
package network.cortensor.portal.usage;

import org.jspecify.annotations.NullMarked;
