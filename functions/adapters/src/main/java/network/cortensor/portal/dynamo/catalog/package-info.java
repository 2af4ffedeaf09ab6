/**
 * The catalog in its tables: reading one pool, reading everything.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.catalog.CatalogTables}. This package knows the catalog, the model and {@code memory}, and DynamoDB.
 */
@NullMarked
package network.cortensor.portal.dynamo.catalog;

import org.jspecify.annotations.NullMarked;
