/**
 * The catalog page: what people see before they call a model.
 *
 * <p>Start with {@link network.cortensor.portal.api.page.PageDocument}; the words and the looks are files beside it ({@code page.html},
 * {@code page.css}, {@code page.js}, {@code examples}). This package knows aliases and how available they are, and so cannot show a pool,
 * a target or a router.
 */
@NullMarked
package network.cortensor.portal.api.page;

import org.jspecify.annotations.NullMarked;
