package network.cortensor.portal.completion;

import java.util.Optional;

/** How the model chooses its words; what is absent is the router's own default. */
public record Sampling(
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Integer> topK,
        Optional<Double> presencePenalty,
        Optional<Double> frequencyPenalty,
        Optional<Long> seed,
        Optional<String> reasoningEffort) {

    public static final Sampling DEFAULT = new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
