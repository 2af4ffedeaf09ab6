package network.cortensor.portal.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.CharacterCodingException;
import network.cortensor.portal.api.error.ApiError;
import network.cortensor.portal.api.error.Rejection;
import network.cortensor.portal.api.http.Body;

/**
 * Turns a body into its one JSON object. What two parsers might understand differently is refused: doubled names, anything after the
 * end, bytes that are not UTF-8, halves of surrogate pairs.
 */
public final class JsonBody {
    /** Largest body, in bytes. */
    public static final int LIMIT = 1 << 20;

    /** Deep enough for any JSON schema that a person wrote, and shallow enough for every recursion over it. */
    private static final int DEPTH = 64;

    /** No number of any field needs more digits. */
    private static final int DIGITS = 100;

    /** Names are customers' words: the parser's own tables must not keep them for later requests. */
    private static final JsonFactory PARSER = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(DIGITS)
                    .maxStringLength(LIMIT)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper STRICT = JsonMapper.builder(PARSER)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonBody() {}

    public static JsonField read(Body body) throws Rejection {
        if (body.size() > LIMIT) {
            throw new Rejection(ApiError.requestTooLarge(LIMIT));
        }
        JsonNode json = parse(text(body));
        if (!json.isObject()) {
            throw new Rejection(ApiError.invalid("The body must be a JSON object."));
        }
        if (holdsHalfPair(json)) {
            throw new Rejection(ApiError.invalid("The body holds half of a surrogate pair, which is no text."));
        }
        return JsonField.root(json);
    }

    private static String text(Body body) throws Rejection {
        try {
            return body.utf8();
        } catch (CharacterCodingException e) {
            throw new Rejection(ApiError.invalid("The body is not UTF-8."));
        }
    }

    private static JsonNode parse(String text) throws Rejection {
        try {
            return STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Rejection(ApiError.invalid("The body is not well-formed JSON with unique names" + at(e) + "."));
        }
    }

    private static String at(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static boolean holdsHalfPair(JsonNode node) {
        if (node.isTextual()) {
            return isBroken(node.textValue());
        }
        return node.properties().stream().anyMatch(member -> isBroken(member.getKey()))
                || node.valueStream().anyMatch(JsonBody::holdsHalfPair);
    }

    private static boolean isBroken(String text) {
        return text.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
