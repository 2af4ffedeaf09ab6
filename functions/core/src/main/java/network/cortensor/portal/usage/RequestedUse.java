package network.cortensor.portal.usage;

/**
 * What a request would use.
 *
 * @param prompt tokens of what the model is given
 * @param answer tokens of the longest answer that may come
 */
public record RequestedUse(long prompt, long answer) {
    long all() {
        return SaturatingSums.plus(prompt, answer);
    }
}
