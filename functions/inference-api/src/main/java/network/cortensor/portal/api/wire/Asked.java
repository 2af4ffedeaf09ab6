package network.cortensor.portal.api.wire;

/**
 * A request that is well-formed.
 *
 * @param model as the customer wrote it; nobody knows yet whether it exists
 * @param draft what is asked of it
 * @param form how the answer is to be written
 */
public record Asked(String model, Draft draft, Form form) {}
