package network.cortensor.portal.runtime;

/** Builds the function. Called once, before anything else. */
@FunctionalInterface
public interface Wiring {
    /** @throws Exception why the function cannot run here; reported to Lambda by the name of its class alone */
    Handler wire(Hooks hooks) throws Exception;
}
