package network.cortensor.portal.keys;

/**
 * Who sent a request, by a key that was good when it was looked at.
 *
 * @param keyId the key's name in logs, usage and operators' commands; says nothing about its text
 * @param customer a stable name that tells customers apart; one customer may hold several keys
 */
public record Customer(String keyId, String customer, Plan plan, AllowedModels models) {}
