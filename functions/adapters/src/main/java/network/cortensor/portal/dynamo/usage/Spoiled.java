package network.cortensor.portal.dynamo.usage;

import network.cortensor.portal.catalog.Problem;

/** A field of an item that a program wrote holds what no program writes, because it was edited by hand. */
final class Spoiled extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String complaint;

    /** @param complaint what was found and what was expected; holds nothing of what was found but its kind */
    Spoiled(String field, String complaint) {
        super(field + ": " + complaint);
        this.field = field;
        this.complaint = complaint;
    }

    /** @param item as operators know it */
    Problem problem(String item) {
        return new Problem(item, field, complaint, Problem.Severity.ERROR);
    }
}
