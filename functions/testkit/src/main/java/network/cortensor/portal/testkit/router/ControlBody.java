package network.cortensor.portal.testkit.router;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import network.cortensor.portal.testkit.router.Control.InvalidControl;
import network.cortensor.portal.testkit.router.SessionSettings.Activity;

/**
 * Reads the bodies of control requests. All fields may be left out:
 *
 * <ul>
 *   <li>{@code fault}: a {@linkplain Fault#word() fault's word};
 *   <li>{@code latencyMillis}: until the first token, a whole number from 0;
 *   <li>{@code tokensPerSecond}: a number above 0;
 *   <li>{@code hangMillis}: how long a hung task keeps the session busy;
 *   <li>{@code faultTimes}: how many requests meet the fault before the session is well again, from 1;
 *   <li>{@code reasoningTokens}: how long the model thinks aloud, from 0;
 *   <li>{@code capacity}: how many tasks at once do no harm, from 1;
 *   <li>{@code active}: what the session says of itself, {@code true} or {@code false};
 *   <li>{@code quirk}: a {@linkplain Quirk#word() quirk's word};
 *   <li>{@code canary}: a text that the upstream plants wherever it can put text of its own.
 * </ul>
 */
final class ControlBody {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<String> FIELDS = new TreeSet<>(Arrays.asList(
            "fault",
            "latencyMillis",
            "tokensPerSecond",
            "hangMillis",
            "faultTimes",
            "reasoningTokens",
            "capacity",
            "active",
            "quirk",
            "canary"));

    private final JsonNode body;

    private ControlBody(JsonNode body) {
        this.body = body;
    }

    /** @param initial what holds where the body says nothing */
    static SessionSettings settings(String text, SessionSettings initial) throws InvalidControl {
        ControlBody body = new ControlBody(object(text));
        body.requireKnownFields();
        SessionSettings settings = initial.withFault(body.fault(initial.fault()))
                .withLatency(Duration.ofMillis(
                        body.whole("latencyMillis", 0, initial.latency().toMillis())))
                .withTokensPerSecond(body.rate(initial.tokensPerSecond()))
                .withReasoningTokens((int) body.whole("reasoningTokens", 0, initial.reasoningTokens()))
                .withCapacity((int) body.whole("capacity", 1, initial.capacity()))
                .withActivity(body.activity(initial.activity()))
                .withQuirk(body.quirk(initial.quirk()));
        if (body.has("hangMillis")) {
            settings = settings.withHang(Duration.ofMillis(body.whole("hangMillis", 0, 0)));
        }
        if (body.has("canary")) {
            settings = settings.withCanary(body.canary());
        }
        return body.has("faultTimes") ? settings.withFaultTimes((int) body.whole("faultTimes", 1, 1)) : settings;
    }

    static Upstream.Power power(String text) throws InvalidControl {
        return switch (object(text).path("state").asText()) {
            case "up" -> Upstream.Power.UP;
            case "down" -> Upstream.Power.DOWN;
            default -> throw new InvalidControl("state (expected: \"up\" or \"down\")");
        };
    }

    private static JsonNode object(String text) throws InvalidControl {
        try {
            JsonNode body = JSON.readTree(text);
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidControl("body: no JSON (expected: a JSON object)");
        }
        throw new InvalidControl("body (expected: a JSON object)");
    }

    private void requireKnownFields() throws InvalidControl {
        for (String name : (Iterable<String>) body::fieldNames) {
            if (!FIELDS.contains(name)) {
                throw new InvalidControl(name + ": unknown field (expected: " + String.join(", ", FIELDS) + ")");
            }
        }
    }

    private boolean has(String field) {
        return body.has(field);
    }

    private Fault fault(Fault otherwise) throws InvalidControl {
        if (!has("fault")) {
            return otherwise;
        }
        return Fault.of(body.path("fault").asText())
                .orElseThrow(() -> new InvalidControl(
                        "fault: " + body.path("fault") + " (expected: one of " + Fault.words() + ")"));
    }

    private Quirk quirk(Quirk otherwise) throws InvalidControl {
        if (!has("quirk")) {
            return otherwise;
        }
        return Quirk.of(body.path("quirk").asText())
                .orElseThrow(() -> new InvalidControl(
                        "quirk: " + body.path("quirk") + " (expected: one of " + Quirk.words() + ")"));
    }

    private long whole(String field, int least, long otherwise) throws InvalidControl {
        JsonNode value = body.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least) {
            throw new InvalidControl(field + ": " + value + " (expected: a whole number >= " + least + ")");
        }
        return value.intValue();
    }

    private double rate(double otherwise) throws InvalidControl {
        JsonNode value = body.path("tokensPerSecond");
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() >= 1e-6) || value.doubleValue() > 1e9) {
            throw new InvalidControl("tokensPerSecond: " + value + " (expected: a number above 0)");
        }
        return value.doubleValue();
    }

    private String canary() throws InvalidControl {
        JsonNode value = body.path("canary");
        if (!value.asText().matches("[A-Za-z0-9-]{1,64}")) {
            throw new InvalidControl("canary: " + value + " (expected: 1 to 64 letters, digits and hyphens)");
        }
        return value.asText();
    }

    private Activity activity(Activity otherwise) throws InvalidControl {
        JsonNode value = body.path("active");
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw new InvalidControl("active: " + value + " (expected: true or false)");
        }
        return value.booleanValue() ? Activity.ACTIVE : Activity.INACTIVE;
    }
}
