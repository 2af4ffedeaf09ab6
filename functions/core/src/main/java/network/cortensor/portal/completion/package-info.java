/**
 * What is asked of a model and what comes back, free of any wire format: customers' APIs are translated to it, routers' protocols
 * from it.
 *
 * <p>Start with {@link network.cortensor.portal.completion.CompletionRequest} and {@link
 * network.cortensor.portal.completion.CompletionEvent}. This package knows {@code model} and the JDK only.
 */
@NullMarked
package network.cortensor.portal.completion;

import org.jspecify.annotations.NullMarked;
