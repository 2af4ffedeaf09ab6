package network.cortensor.portal.catalog;

import java.util.List;

/** An item as far as it could be understood, with everything that is wrong with it. */
public record Parsed<T>(T value, List<Problem> problems) {
    public Parsed {
        problems = List.copyOf(problems);
    }

    /** Without mere advice. */
    public List<Problem> errors() {
        return problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
    }
}
