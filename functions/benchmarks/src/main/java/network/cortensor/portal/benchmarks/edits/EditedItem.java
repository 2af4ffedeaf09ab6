package network.cortensor.portal.benchmarks.edits;

import java.net.URI;

/** The item that is edited, and where. */
record EditedItem(URI dynamo, String table, String pool, String target) {}
