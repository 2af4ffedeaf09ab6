package network.cortensor.portal.completion;

import network.cortensor.portal.model.Protocol;

/** Something a customer may ask for that not every target can serve. */
public enum Feature {
    TOOLS,
    IMAGES,
    RESPONSE_FORMAT,
    /** An answer that goes on with the last turn. */
    CONTINUATION;

    public boolean servedBy(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Cortensor ignored -> this == CONTINUATION;
            case Protocol.OpenAi ignored -> this != CONTINUATION;
        };
    }
}
