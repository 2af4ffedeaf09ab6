package network.cortensor.portal.api.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A request body that writes down which members a reader asks it for, at any depth. */
public final class RecordedBody {
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final ObjectMapper json = new ObjectMapper();

    public RecordedBody() {
        json.setNodeFactory(new Factory());
    }

    /** The body as readers get it. */
    public JsonField of(JsonNode body) {
        try {
            return JsonField.root(json.readTree(body.toString()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Names of members so far. */
    public Set<String> asked() {
        return asked;
    }

    private final class Factory extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        @Override
        public ObjectNode objectNode() {
            return new Recorded(this);
        }
    }

    // Jackson's own deepCopy is unchecked.
    @SuppressWarnings("unchecked")
    private final class Recorded extends ObjectNode {
        private static final long serialVersionUID = 1;

        private Recorded(JsonNodeFactory factory) {
            super(factory);
        }

        @Override
        public JsonNode path(String member) {
            asked.add(member);
            return super.path(member);
        }
    }
}
