/**
 * HTTP as Lambda's fronts speak it: an event's bytes become a request, a reply becomes status, headers and flushed bytes.
 *
 * <p>Start with {@link network.cortensor.portal.api.http.HttpEvents} and {@link network.cortensor.portal.api.http.ApiReply}. This package
 * knows no route, key or API format.
 */
@NullMarked
package network.cortensor.portal.api.http;

import org.jspecify.annotations.NullMarked;
