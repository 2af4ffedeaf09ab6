/**
 * What a deployment tells a function through its environment variables.
 *
 * <p>Start with {@link network.cortensor.portal.settings.Variable}, the list of all of them. This package reads no environment: only a
 * function's {@code *Main} does, and hands it in.
 */
@NullMarked
package network.cortensor.portal.settings;

import org.jspecify.annotations.NullMarked;
