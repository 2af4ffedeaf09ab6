package network.cortensor.portal.testkit.schedule;

/** What one thread of a {@link Schedule} does. Anything that it throws ends the whole schedule. */
@FunctionalInterface
public interface Actor {
    void act() throws Exception;
}
