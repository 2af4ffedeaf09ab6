/**
 * Customers' JSON, read strictly: a body that is not exactly JSON is refused, and so is a field of the wrong type, by its name.
 *
 * <p>Start with {@link network.cortensor.portal.api.json.JsonBody}, then {@link network.cortensor.portal.api.json.JsonField}. This
 * package knows no field of any API.
 */
@NullMarked
package network.cortensor.portal.api.json;

import org.jspecify.annotations.NullMarked;
