/**
 * Customers' keys, and what each of them may do: its plan's limits, the models it may use.
 *
 * <p>Start with {@link network.cortensor.portal.keys.Customer}. This package knows {@code model} and the JDK only: it keeps nothing,
 * counts nothing, and sees a key's text only to take its hash.
 */
@NullMarked
package network.cortensor.portal.keys;

import org.jspecify.annotations.NullMarked;
