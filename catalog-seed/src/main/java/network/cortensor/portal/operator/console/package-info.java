/**
 * What operators see: one place through which every command speaks, as text for people or as JSON for programs.
 *
 * <p>Start with {@link network.cortensor.portal.operator.console.Console}. This package knows terminals, and nothing of catalogs or AWS.
 */
@NullMarked
package network.cortensor.portal.operator.console;

import org.jspecify.annotations.NullMarked;
