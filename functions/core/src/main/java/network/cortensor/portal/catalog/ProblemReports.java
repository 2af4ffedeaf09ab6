package network.cortensor.portal.catalog;

import java.util.List;

/** Where problems of items go that were met while serving. Implementations are safe for use by many threads and never throw. */
@FunctionalInterface
public interface ProblemReports {
    void report(List<Problem> problems);
}
