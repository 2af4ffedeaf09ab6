package network.cortensor.portal.testkit.router;

import java.util.List;
import java.util.Optional;

/**
 * What a simulated OpenAI-compatible server is.
 *
 * @param port 0 for any free one
 * @param key that callers must bring as a bearer token; if absent, anybody may call
 * @param models that it serves; each is a session to its control
 * @param settings of models that nobody has set otherwise
 */
public record OpenAiConfig(
        int port,
        Optional<String> key,
        List<String> models,
        SessionSettings settings,
        SimulatorSurroundings surroundings) {

    /** A server on any free port that wants no key and works in real time, on any number of tasks at once. */
    public static OpenAiConfig serving(String... models) {
        return new OpenAiConfig(
                0,
                Optional.empty(),
                List.of(models),
                SessionSettings.DEFAULT.withCapacity(Integer.MAX_VALUE),
                SimulatorSurroundings.REAL);
    }

    public OpenAiConfig {
        models = List.copyOf(models);
    }

    public OpenAiConfig withKey(String value) {
        return new OpenAiConfig(port, Optional.of(value), models, settings, surroundings);
    }

    public OpenAiConfig withSettings(SessionSettings value) {
        return new OpenAiConfig(port, key, models, value, surroundings);
    }

    public OpenAiConfig withSurroundings(SimulatorSurroundings value) {
        return new OpenAiConfig(port, key, models, settings, value);
    }

    /** The key is a secret, if only a simulated one. */
    @Override
    public String toString() {
        return "OpenAiConfig[port " + port + ", models " + models + "]";
    }
}
