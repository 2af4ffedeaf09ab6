/**
 * Answers that must be JSON, and calls of strict functions: what a customer asked for, held against what a model wrote.
 *
 * <p>Start with {@link network.cortensor.portal.api.structured.JsonForms} and {@link network.cortensor.portal.api.structured.StrictFunctions}. This package alone knows the library that validates, and loads
 * it only for requests that ask for a schema.
 */
@NullMarked
package network.cortensor.portal.api.structured;

import org.jspecify.annotations.NullMarked;
