package network.cortensor.portal.usage;

/**
 * An open request goes, and what it used takes the place of what it reserved.
 *
 * @param notBefore counters that stand at an earlier week's sixtieth or day must move on first
 */
public record Exit(String keyId, OpenRequest request, Totals used, Moment notBefore) {}
