package network.cortensor.portal.api.wire;

import java.util.List;
import java.util.Optional;
import network.cortensor.portal.completion.CompletionRequest;
import network.cortensor.portal.completion.CompletionRequest.Tools;
import network.cortensor.portal.completion.Input;
import network.cortensor.portal.completion.JsonText;
import network.cortensor.portal.completion.Sampling;
import network.cortensor.portal.model.PromptFormat;

/**
 * A completion request before its model's limits are applied.
 *
 * @param inputField the field that holds what the model is given
 * @param featureFields for each feature that is needed, the field that asks for it
 */
public record Draft(
        String inputField,
        Input input,
        Optional<MaxTokens> maxTokens,
        Sampling sampling,
        List<String> stop,
        Optional<Tools> tools,
        Optional<JsonText> responseFormat,
        FeatureFields featureFields) {

    public Draft {
        stop = List.copyOf(stop);
    }

    /** The same with other functions. */
    public Draft with(Tools others) {
        return new Draft(
                inputField, input, maxTokens, sampling, stop, Optional.of(others), responseFormat, featureFields);
    }

    public CompletionRequest within(int most, PromptFormat promptFormat) {
        return new CompletionRequest(input, promptFormat, most, sampling, stop, tools, responseFormat);
    }

    /** Customers' content stays out of logs. */
    @Override
    public String toString() {
        return "Draft[" + inputField + "]";
    }

    /**
     * The longest answer that the customer wants.
     *
     * @param field where it was said
     */
    public record MaxTokens(int count, String field, Beyond beyond) {

        /** What becomes of a wish for more than the model can give. */
        public enum Beyond {
            REFUSED,
            /** It is as much as the model can give, which is what agents mean that name the same large number for every model. */
            CLIPPED
        }
    }
}
