/**
 * The history of the catalog in its table: one entry for each change of an item, with the item before and after it.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.history.DynamoHistory}; what an entry says is {@link
 * network.cortensor.portal.dynamo.history.HistoryEntry}. This package knows neither streams nor Lambda events: who records gets entries
 * together, and who reads gets them back as they were.
 */
@NullMarked
package network.cortensor.portal.dynamo.history;

import org.jspecify.annotations.NullMarked;
