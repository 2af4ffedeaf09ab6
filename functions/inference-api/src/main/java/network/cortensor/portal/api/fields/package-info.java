/**
 * Which fields of requests are served, refused and harmless.
 *
 * <p>Start with {@link network.cortensor.portal.api.fields.FieldTable}. This package reads no field of a request but to refuse it.
 */
@NullMarked
package network.cortensor.portal.api.fields;

import org.jspecify.annotations.NullMarked;
