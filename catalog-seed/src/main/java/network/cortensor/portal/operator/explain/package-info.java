/**
 * Why a request would go where it would go: {@code portalctl explain}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.explain.Explain}. The decision is {@code routing}'s own.
 */
@NullMarked
package network.cortensor.portal.operator.explain;

import org.jspecify.annotations.NullMarked;
