package network.cortensor.portal.operator.frame;

import java.util.LinkedHashMap;
import java.util.Map;
import network.cortensor.portal.catalog.Problem;

/** What is wrong with an item, as {@code --json} has it. */
public final class ProblemJson {
    private ProblemJson() {}

    public static Map<String, Object> of(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", problem.item());
        json.put("field", problem.field());
        json.put("complaint", problem.complaint());
        json.put("severity", problem.severity().name().toLowerCase(java.util.Locale.ROOT));
        return json;
    }
}
