package network.cortensor.portal.completion;

import network.cortensor.portal.model.Protocol;

/** Something a customer may ask for that prompt-only routers cannot serve. */
public enum Feature {
    TOOLS,
    IMAGES,
    RESPONSE_FORMAT,
    /** An answer that goes on with the last turn. */
    CONTINUATION;

    public boolean servedBy(Protocol protocol) {
        return switch (protocol) {
            case Protocol.Cortensor ignored -> false;
            case Protocol.OpenAi ignored -> this != CONTINUATION;
        };
    }
}
