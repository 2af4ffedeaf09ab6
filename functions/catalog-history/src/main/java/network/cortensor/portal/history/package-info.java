/**
 * The function {@code catalog-history}: every change of the catalog's tables, by whatever tool or hand, becomes an entry in history with
 * the item before and after it and what the rules say of it.
 *
 * <p>Start with {@link network.cortensor.portal.history.CatalogHistory}, then {@link network.cortensor.portal.history.Recorder}. The
 * rules are those of {@code catalog}; this package judges nothing by itself, writes nothing but history, and may not know customers,
 * keys, slots or routers.
 */
@NullMarked
package network.cortensor.portal.history;

import org.jspecify.annotations.NullMarked;
