/**
 * The three functions, each with its role, its log, what invokes it and how a new version comes in.
 *
 * <p>Start with {@link network.cortensor.portal.infra.functions.InferenceApi}. This package does not know what stands in front of the
 * customers' API.
 */
@NullMarked
package network.cortensor.portal.infra.functions;

import org.jspecify.annotations.NullMarked;
