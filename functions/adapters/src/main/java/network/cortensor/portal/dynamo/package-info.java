/**
 * The product's tables in DynamoDB: their names, keys and clients. The packages below are the adapters, one for each concept that has a
 * table.
 *
 * <p>Start with {@link network.cortensor.portal.dynamo.TableNames}. This package may not know customers' APIs or routers' protocols;
 * rules of routing and health stay in their own packages.
 */
@NullMarked
package network.cortensor.portal.dynamo;

import org.jspecify.annotations.NullMarked;
