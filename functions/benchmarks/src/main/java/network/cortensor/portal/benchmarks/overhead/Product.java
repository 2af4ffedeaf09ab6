package network.cortensor.portal.benchmarks.overhead;

import java.net.URI;

/**
 * The product as its customers reach it.
 *
 * @param api with {@code /v1}
 */
record Product(URI api, String key) {}
