/**
 * What customers are told when they get no answer: one table of errors, and the shapes in which API families word them.
 *
 * <p>Start with {@link network.cortensor.portal.api.error.ErrorRow}. This package knows no pool, target, router or session, and so cannot
 * name one.
 */
@NullMarked
package network.cortensor.portal.api.error;

import org.jspecify.annotations.NullMarked;
