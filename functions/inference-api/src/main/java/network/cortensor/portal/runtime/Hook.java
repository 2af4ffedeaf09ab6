package network.cortensor.portal.runtime;

/** Something to do before a snapshot is taken or after the environment has been restored from it. */
@FunctionalInterface
public interface Hook {
    /** @throws Exception what makes the environment unfit: Lambda discards it */
    void run() throws Exception;
}
