package network.cortensor.portal.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import network.cortensor.portal.item.ItemValue;
import network.cortensor.portal.model.Capacity;
import network.cortensor.portal.model.Protocol;
import network.cortensor.portal.model.SpecialTokens;
import network.cortensor.portal.model.State;
import network.cortensor.portal.model.Target;
import network.cortensor.portal.model.TargetId;

/**
 * The rules for items of the table of targets. A target whose address or session cannot be understood is absent: nothing could be sent to
 * it, so it counts as paused.
 */
public final class TargetItems {
    private static final String URL = "http(s)://host[:port][/path], without user info";
    private static final String UNLIMITED = "unlimited";
    private static final int LONGEST_MODEL_NAME = 200;

    /** Far more than any router bears; each slot of a session is looked at when one is taken. */
    private static final int LARGEST_CAPACITY = 1_000;

    private static final String SLOTS = "a whole number from 1 to " + LARGEST_CAPACITY;

    private static final int LARGEST_PORT = 65_535;

    private TargetItems() {}

    /** The words of the field {@code protocol}. */
    private enum Word {
        CORTENSOR,
        OPENAI
    }

    /** @param id the item's key, known to be names */
    public static Parsed<Optional<Target>> parse(TargetId id, Map<String, ItemValue> item) {
        Fields fields = new Fields("target " + id, item);

        State state = fields.word("state", State.class).required(State.PAUSED);
        Optional<URI> routerUrl =
                fields.field("routerUrl", URL, TargetItems::url).required();
        Optional<Protocol> protocol = protocol(fields, item);
        Capacity capacity = capacity(fields, protocol);
        int weight = fields.wholeNumber("weight", 0).orElse(1);
        Optional<Instant> sessionExpiresAt = fields.instant("sessionExpiresAt").optional();

        State effective = fields.broken() ? State.PAUSED : state;
        Optional<Target> target = routerUrl.flatMap(url ->
                protocol.map(spoken -> new Target(id, url, spoken, capacity, weight, effective, sessionExpiresAt)));
        return new Parsed<>(target, fields.problems());
    }

    /** A missing protocol is a Cortensor router's; an unknown word must not be taken for one. */
    private static Optional<Protocol> protocol(Fields fields, Map<String, ItemValue> item) {
        Optional<Word> word = item.containsKey("protocol")
                ? fields.word("protocol", Word.class).required()
                : Optional.of(Word.CORTENSOR);
        return word.flatMap(known -> switch (known) {
            case CORTENSOR -> cortensor(fields);
            case OPENAI -> openAi(fields);
        });
    }

    private static Optional<Protocol> openAi(Fields fields) {
        boolean breaks = fields.flag("breaksSpecialTokens").orElse(true);
        return fields.text("upstreamModel", LONGEST_MODEL_NAME)
                .required()
                .map(model -> new Protocol.OpenAi(model, breaks));
    }

    private static Optional<Protocol> cortensor(Fields fields) {
        int version = fields.field(
                        "apiVersion",
                        "1, 2 or 3",
                        value -> Fields.asWhole(value).filter(Set.of(1, 2, 3)::contains))
                .orElse(3);
        Protocol.SessionForm form =
                fields.word("sessionForm", Protocol.SessionForm.class).orElse(Protocol.SessionForm.BODY);
        Protocol.RawText rawText = new Protocol.RawText(
                fields.flag("bos").orElse(false),
                fields.word("specialTokens", SpecialTokens.class).orElse(SpecialTokens.UNKNOWN));
        return fields.sessionId("sessionId")
                .required()
                .map(sessionId -> new Protocol.Cortensor(version, form, sessionId, rawText));
    }

    private static Capacity capacity(Fields fields, Optional<Protocol> protocol) {
        if (protocol.filter(Protocol.OpenAi.class::isInstance).isPresent()) {
            return fields.field(
                            "capacity",
                            SLOTS + ", or \"" + UNLIMITED + '"',
                            value -> value.equals(ItemValue.of(UNLIMITED))
                                    ? Optional.of(new Capacity.Unlimited())
                                    : slots(value))
                    .orElse(Capacity.ONE);
        }
        return fields.field("capacity", SLOTS + " for protocol cortensor", TargetItems::slots)
                .orElse(Capacity.ONE);
    }

    private static Optional<Capacity> slots(ItemValue value) {
        return Fields.asWhole(value)
                .filter(count -> count >= 1 && count <= LARGEST_CAPACITY)
                .map(Capacity.Slots::new);
    }

    private static Optional<URI> url(ItemValue value) {
        return value.asText().filter(text -> text.length() <= 500).flatMap(TargetItems::uri);
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            boolean good = uri.getScheme() != null
                    && uri.getScheme().matches("https?")
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= LARGEST_PORT
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
