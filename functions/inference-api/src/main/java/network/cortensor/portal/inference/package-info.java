/**
 * The function {@code inference-api}, put together.
 *
 * <p>Start with {@link network.cortensor.portal.inference.InferenceMain}. Everything else may not know this package.
 */
@NullMarked
package network.cortensor.portal.inference;

import org.jspecify.annotations.NullMarked;
