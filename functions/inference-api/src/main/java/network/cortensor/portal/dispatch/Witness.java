package network.cortensor.portal.dispatch;

import java.time.Duration;
import java.util.Optional;
import network.cortensor.portal.model.Failure;
import network.cortensor.portal.model.TargetId;

/** Learns what real traffic shows about targets. Implementations are safe for use by many threads and never throw. */
public interface Witness {
    /** @param firstToken from the first byte sent to the first token, where there was one */
    void worked(TargetId target, Optional<Duration> firstToken);

    void failed(TargetId target, Failure failure);

    /** Learns nothing. */
    Witness NONE = new Witness() {
        @Override
        public void worked(TargetId target, Optional<Duration> firstToken) {}

        @Override
        public void failed(TargetId target, Failure failure) {}
    };
}
