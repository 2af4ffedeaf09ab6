package network.cortensor.portal.benchmarks.edits;

import java.net.URI;

/** The item that is edited, and where. */
record Place(URI dynamo, String table, String pool, String target) {}
