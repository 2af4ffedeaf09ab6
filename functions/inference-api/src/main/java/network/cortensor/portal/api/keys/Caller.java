package network.cortensor.portal.api.keys;

/**
 * Who sent a request.
 *
 * @param customer a stable name that tells customers apart and says nothing about their keys
 */
public record Caller(String customer) {}
