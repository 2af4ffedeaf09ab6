package network.cortensor.portal.testkit.stream;

/** A function that takes batches of changes. */
@FunctionalInterface
public interface StreamFunction {
    /**
     * Handles one batch.
     *
     * @param event {@code {"Records": […]}}
     * @return {@code {"batchItemFailures": […]}}
     */
    byte[] handle(byte[] event);
}
