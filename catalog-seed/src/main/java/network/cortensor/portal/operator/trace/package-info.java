/**
 * What happened to one request: {@code portalctl trace}.
 *
 * <p>Start with {@link network.cortensor.portal.operator.trace.TraceCommand}. It joins three witnesses: the request's record in Usage, its lines in the log, and
 * the catalog as history has it at that moment, on which {@code routing} decides once more. This package writes nothing.
 */
@NullMarked
package network.cortensor.portal.operator.trace;

import org.jspecify.annotations.NullMarked;
