package network.cortensor.portal.catalog;

import java.util.List;

/**
 * Where problems of items go that were met while serving. Implementations are safe for use by many threads and never throw.
 *
 * <p>The adapters of tables call it on the thread that has just read the items, while a request may wait for these. So a call must not block.
 */
@FunctionalInterface
public interface ProblemReports {
    void report(List<Problem> problems);
}
