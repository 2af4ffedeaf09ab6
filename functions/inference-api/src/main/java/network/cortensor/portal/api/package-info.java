/**
 * The customers' API: routes, keys, checks, answers.
 *
 * <p>Start with {@link network.cortensor.portal.api.ApiHandler} and its table of routes, {@link
 * network.cortensor.portal.api.RouteTable}; {@link network.cortensor.portal.api.Completions} is the way of a completion from the body to
 * the last event. What is checked about a request is in the formats' packages ({@code api.openai}, {@code api.anthropic}), what its model
 * allows in {@link network.cortensor.portal.api.AliasTerms}, and what customers read when something is wrong in {@link
 * network.cortensor.portal.api.error.ErrorRow}. This package knows no pool, target, router or table.
 */
@NullMarked
package network.cortensor.portal.api;

import org.jspecify.annotations.NullMarked;
