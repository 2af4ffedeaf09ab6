/**
 * The loop between Lambda and a function that streams: it asks the Runtime API for an invocation, lets the handler write its answer
 * straight to the customer, and finishes everything of it before it asks again. The managed Java runtime would hold the whole answer
 * back.
 *
 * <p>Start with {@link network.cortensor.portal.runtime.RuntimeLoop} and {@link network.cortensor.portal.runtime.Handler}. This package
 * knows the JDK only: neither the product nor the events that pass through it.
 */
@NullMarked
package network.cortensor.portal.runtime;

import org.jspecify.annotations.NullMarked;
