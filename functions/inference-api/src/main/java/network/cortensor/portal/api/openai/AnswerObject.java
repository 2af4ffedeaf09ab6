package network.cortensor.portal.api.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import network.cortensor.portal.api.wire.Head;

/**
 * What every answer and every chunk of one begins with.
 *
 * @param idPrefix as {@code chatcmpl-}
 * @param object OpenAI's word for what this is
 */
record AnswerObject(Head head, String idPrefix, String object) {

    ObjectNode with(ObjectNode choice) {
        ObjectNode answer = withoutChoice();
        answer.withArray("choices").add(choice);
        return answer;
    }

    ObjectNode withoutChoice() {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("id", idPrefix + head.nonce())
                .put("object", object)
                .put("created", head.created().getEpochSecond())
                .put("model", head.model());
        answer.putArray("choices");
        return answer;
    }
}
