package network.cortensor.portal.api.fields;

import java.util.Set;
import network.cortensor.portal.model.Endpoint;

/**
 * One line of the table of fields.
 *
 * @param endpoints whose requests may have the field
 * @param field at the top of a request
 */
public record FieldRule(Set<Endpoint> endpoints, String field, FieldVerdict verdict) {
    public FieldRule {
        endpoints = Set.copyOf(endpoints);
    }
}
