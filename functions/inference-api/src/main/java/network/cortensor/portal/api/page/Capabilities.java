package network.cortensor.portal.api.page;

/**
 * What a model can do, as the targets behind it are.
 *
 * @param parallelToolCalls whether one answer may hold several calls
 * @param json whether it takes JSON formats for its answers
 * @param reasoning whether it thinks before it answers, and shows it
 */
public record Capabilities(boolean tools, boolean parallelToolCalls, boolean json, boolean images, boolean reasoning) {}
