/**
 * The states of models, pools and targets, and the weights of routes.
 *
 * <p>Start with {@link network.cortensor.portal.operator.lifecycle.StateCommand}. What an edit would do to customers is judged in {@code
 * edit}.
 */
@NullMarked
package network.cortensor.portal.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
