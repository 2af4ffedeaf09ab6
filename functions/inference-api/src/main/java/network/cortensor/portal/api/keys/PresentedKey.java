package network.cortensor.portal.api.keys;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import network.cortensor.portal.api.http.RequestHeaders;

/** A key as a customer sent it: visible ASCII, of a bounded length, and nobody knows yet whether it is good. */
public record PresentedKey(String text) {
    private static final String FORM = "[\\x21-\\x7e]{1,256}";
    private static final Pattern KEY = Pattern.compile(FORM);
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(" + FORM + ") *");

    public PresentedKey {
        if (!KEY.matcher(text).matches()) {
            throw new IllegalArgumentException("key: not of the form of keys (expected: 1 to 256 visible characters)");
        }
    }

    /**
     * From {@code Authorization: Bearer}, as OpenAI's clients send it, then from {@code x-api-key}, as Anthropic's do. There may be both, because
     * some clients send what is left of another service's settings beside the key that they are told to send.
     */
    public static List<PresentedKey> of(RequestHeaders headers) {
        Stream<String> bearer = headers
                .first("authorization")
                .map(BEARER::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .stream();
        Stream<String> apiKey = headers.first("x-api-key").filter(KEY.asMatchPredicate()).stream();
        return Stream.concat(bearer, apiKey).distinct().map(PresentedKey::new).toList();
    }

    @Override
    public String toString() {
        return "PresentedKey[hidden]";
    }
}
