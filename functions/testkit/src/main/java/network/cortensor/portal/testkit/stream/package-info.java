/**
 * Lambda's event source for DynamoDB streams, on a developer's machine: reads a table's stream and calls a function with the JSON that
 * Lambda would call it with.
 *
 * <p>Start with {@link network.cortensor.portal.testkit.stream.StreamSource}. This package knows streams and events, and no function.
 */
@NullMarked
package network.cortensor.portal.testkit.stream;

import org.jspecify.annotations.NullMarked;
