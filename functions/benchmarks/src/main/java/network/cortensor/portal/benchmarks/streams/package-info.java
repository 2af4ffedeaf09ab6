/**
 * What one process of many streams costs: memory, processor time per request and per token, time added, calls and units of DynamoDB.
 *
 * <p>Start with {@link network.cortensor.portal.benchmarks.streams.StreamsMain}.
 */
@NullMarked
package network.cortensor.portal.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
